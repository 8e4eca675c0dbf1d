using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Explanations;

/// <summary>A request for an explanation.</summary>
/// <param name="Environment">The version of the environment.</param>
/// <param name="Audience">The audience that the key of the request belongs to.</param>
internal sealed record ExplanationRequest(PublishedEnvironment Environment, FlagAudience Audience)
{
    /// <summary>The identity; null for environment flags.</summary>
    public Identity? Identity { get; init; }

    /// <summary>Indicates whether the request has no identifier, so that one was made.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The traits of the request, whether they are used or not; null for those of the identity.</summary>
    public IDictionary<string, ScalarValue>? SentTraits { get; init; }

    /// <summary>The reason that traits of the request are not used; null if they are.</summary>
    public string? IgnoredTraits { get; init; }

    /// <summary>The only feature to explain; null for all.</summary>
    public string? Feature { get; init; }

    /// <summary>True to evaluate also what did not decide.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The age of the document, in seconds; null if it is not known.</summary>
    public double? AgeSeconds { get; init; }

    /// <summary>The reason that an environment ignores the traits of a request; null if it uses them.</summary>
    /// <param name="audience">The audience that the key of the request belongs to.</param>
    /// <param name="snapshot">The environment.</param>
    public static string? ReasonToIgnoreTraits(FlagAudience audience, EnvironmentSnapshot snapshot) =>
        audience == FlagAudience.Server || snapshot.UseClientTraits ? null
        : snapshot.AllowClientTraits ? "allow_client_traits_in_evaluation is false, and the key is a client-side key"
        : "allow_client_traits is false, and the key is a client-side key";
}
