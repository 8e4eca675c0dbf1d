namespace EdgeProxy.Host.Traits;

/// <summary>The outcome of a call to the API.</summary>
internal enum TraitCallOutcome
{
    /// <summary>The API accepted it.</summary>
    Confirmed,

    /// <summary>The API asks for fewer calls (429).</summary>
    RateLimited,

    /// <summary>The API failed (408, 425, 5xx).</summary>
    Failed,

    /// <summary>There was no answer.</summary>
    NoAnswer,

    /// <summary>The API refused the key (401, 403).</summary>
    Refused,

    /// <summary>The API rejected the content (any other status).</summary>
    Rejected,
}
