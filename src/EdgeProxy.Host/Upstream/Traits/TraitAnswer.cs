using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Upstream.Traits;

/// <summary>The answer of the API to an identity.</summary>
/// <param name="Status">The status.</param>
/// <param name="RetryAfter">The wait that it asks for; null if it does not.</param>
internal readonly record struct TraitAnswer(int Status, TimeSpan? RetryAfter)
{
    /// <summary>The outcome.</summary>
    public TraitCallOutcome Outcome => Status switch
    {
        >= 200 and < 300 => TraitCallOutcome.Confirmed,
        401 or 403 => TraitCallOutcome.Refused,
        429 => TraitCallOutcome.RateLimited,
        408 or 425 or >= 500 => TraitCallOutcome.Failed,
        _ => TraitCallOutcome.Rejected,
    };
}
