namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>A request that both servers get.</summary>
/// <param name="Kind">The kind, for counts.</param>
/// <param name="Label">A description without the identity, whose data may be personal.</param>
/// <param name="Body">The body of <c>POST /identities/</c>; null for environment flags.</param>
internal sealed record Question(string Kind, string Label, byte[]? Body)
{
    /// <summary>The kind of the question without an identity.</summary>
    public const string EnvironmentFlags = "environment flags";

    /// <summary>The kind of questions from a file.</summary>
    public const string FromFile = "file";

    /// <summary>The kind of questions for identities that have overrides.</summary>
    public const string IdentityOverride = "identity override";

    /// <summary>The kind of questions at the borders between variants.</summary>
    public const string Variant = "variant";

    /// <summary>The kind of random questions.</summary>
    public const string Random = "random";

    /// <summary>The subject of the question: the condition that it is aimed at; for others, the kind.</summary>
    public string Subject => Kind is FromFile or IdentityOverride or Random ? Kind : Label;

    /// <summary>The question without an identity.</summary>
    public static readonly Question OfEnvironment = new(EnvironmentFlags, EnvironmentFlags, Body: null);
}
