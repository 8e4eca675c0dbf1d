using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

/// <summary>Texts for people end between two characters.</summary>
public sealed class ShortTextTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abcd", "abc…")]
    [InlineData("a\U0001F600", "a\U0001F600")]
    [InlineData("a\U0001F600b", "a\U0001F600…")]
    [InlineData("ab\U0001F600", "ab…")]
    public void Truncate_ThreeUnits_SplitsNoCharacter(string text, string expected) => Assert.Equal(expected, ShortText.Truncate(text, 3));
}
