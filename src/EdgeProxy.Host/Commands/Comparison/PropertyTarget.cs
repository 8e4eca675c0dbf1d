using System.Text.RegularExpressions;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>The part of a request that a condition's property reads.</summary>
/// <param name="Trait">The name of the trait; null for the identifier.</param>
internal sealed partial record PropertyTarget(string? Trait)
{
    private const int MatchTimeout = 1000;

    /// <summary>The identifier of the identity.</summary>
    public static readonly PropertyTarget Identifier = new(Trait: null);

    /// <summary>Finds the part; null if the property reads something that a request cannot change.</summary>
    /// <param name="property">The property of a condition.</param>
    public static PropertyTarget? Of(string property)
    {
        if (!property.StartsWith("$.", StringComparison.Ordinal) && !property.StartsWith("$[", StringComparison.Ordinal))
        {
            return property.Length == 0 ? Identifier : new PropertyTarget(property); // empty: the identity key, of splits
        }

        if (IdentityPath().IsMatch(property))
        {
            return Identifier;
        }

        return TraitPath().Match(property) is { Success: true } match ? new PropertyTarget(match.Groups["name"].Value) : null;
    }

    [GeneratedRegex(@"^\$(\.identity|\[['""]identity['""]\])(\.(identifier|key)|\[['""](identifier|key)['""]\])$", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex IdentityPath();

    [GeneratedRegex(@"^\$(\.identity|\[['""]identity['""]\])(\.traits|\[['""]traits['""]\])(\.(?<name>[\w-]+)|\[['""](?<name>[^'""\\]+)['""]\])$", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex TraitPath();
}
