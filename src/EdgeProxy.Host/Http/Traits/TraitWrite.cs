using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Http.Traits;

/// <summary>A trait of one identity, as the body of a trait route has it.</summary>
internal record struct TraitWrite
{
    /// <summary>The errors of the object <c>identity</c>.</summary>
    public TraitProblem Identity { get; set; }

    /// <summary><c>identity.identifier</c>.</summary>
    public TraitMember Identifier { get; set; }

    /// <summary><c>trait_key</c>.</summary>
    public TraitMember Key { get; set; }

    /// <summary><c>trait_value</c>.</summary>
    public TraitMember Value { get; set; }

    /// <summary>Indicates whether the identity or the trait must not be stored.</summary>
    public bool IsTransient { get; set; }

    /// <summary>Indicates whether a member is missing.</summary>
    public readonly bool IsIncomplete =>
        Identity == TraitProblem.Missing
        || Identifier.Problem == TraitProblem.Missing
        || Key.Problem == TraitProblem.Missing
        || Value.Problem == TraitProblem.Missing;

    /// <summary>Indicates whether there is no error.</summary>
    public readonly bool IsValid =>
        Identity == TraitProblem.None
        && Identifier.Problem == TraitProblem.None
        && Key.Problem == TraitProblem.None
        && Value.Problem == TraitProblem.None;

    /// <summary>The positions, as those of a trait in a request for flags.</summary>
    public readonly TraitTokens Tokens => new(Key.Start, Key.Length, Value.Start, Value.Length, IsTransient);
}
