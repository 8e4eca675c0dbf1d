using EdgeProxy.Host.Commands.Comparison;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>The part of a request that a condition reads.</summary>
public sealed class PropertyTargetTests
{
    [Theory]
    [InlineData("plan", "plan")]
    [InlineData("$.identity.traits.my-plan", "my-plan")]
    [InlineData("$.identity.traits['a plan']", "a plan")]
    [InlineData("$['identity']['traits'][\"plan\"]", "plan")]
    public void Of_Trait_ItsName(string property, string trait) => Assert.Equal(trait, PropertyTarget.Of(property)!.Trait);

    [Theory]
    [InlineData("")]
    [InlineData("$.identity.identifier")]
    [InlineData("$.identity.key")]
    [InlineData("$['identity']['identifier']")]
    public void Of_Identity_TheIdentifier(string property) => Assert.Equal(PropertyTarget.Identifier, PropertyTarget.Of(property));

    [Theory]
    [InlineData("$.environment.name")]
    [InlineData("$.flags.a.enabled")]
    [InlineData("$.identity.traits[?@.a]")]
    public void Of_AnythingElse_None(string property) => Assert.Null(PropertyTarget.Of(property));
}
