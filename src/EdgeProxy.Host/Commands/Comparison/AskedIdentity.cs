using System.Collections.Immutable;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>An identity that is made up for a question. Immutable.</summary>
/// <param name="Identifier">The identifier.</param>
/// <param name="Traits">The traits; one that is null is not sent.</param>
internal sealed record AskedIdentity(string Identifier, ImmutableDictionary<string, ScalarValue> Traits)
{
    /// <summary>Creates an identity without traits.</summary>
    public AskedIdentity(string identifier)
        : this(identifier, ImmutableDictionary<string, ScalarValue>.Empty)
    {
    }

    /// <summary>Converts it to the identity of a request.</summary>
    public Identity ToIdentity() => new(Identifier)
    {
        Traits = Traits.Where(static trait => trait.Value.Kind != ScalarKind.Null).ToDictionary(static trait => trait.Key, static trait => trait.Value, StringComparer.Ordinal),
    };

    /// <summary>Returns the identity with another value.</summary>
    /// <param name="target">The part to set.</param>
    /// <param name="value">The value; null to send no such trait.</param>
    public AskedIdentity With(PropertyTarget target, ScalarValue value) =>
        target.Trait is { } trait ? this with { Traits = Traits.SetItem(trait, value) }
        : value.Kind == ScalarKind.Null || value.AsText().Length == 0 ? this // there is always an identifier
        : this with { Identifier = value.AsText() };

    /// <summary>Determines whether a trait has been set, if only to none.</summary>
    public bool Has(PropertyTarget target) => target.Trait is { } trait && Traits.ContainsKey(trait);
}
