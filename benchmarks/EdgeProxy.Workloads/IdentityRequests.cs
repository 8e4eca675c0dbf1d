using System.Text;

namespace EdgeProxy.Workloads;

/// <summary>Bodies of <c>POST /api/v1/identities/</c>, as SDKs send them.</summary>
public static class IdentityRequests
{
    // Chosen so that in an environment with the key below the split of the strongest segment of the heavy environment lets it in; the tests hold it to that.
    private const string LetIn = "user-2";

    /// <summary>The key of the environment that these identities are known in.</summary>
    public const string EnvironmentKey = "workload";

    /// <summary>Somebody with four traits that are no segment's business.</summary>
    public static byte[] Plain { get; } = Body(
        "user-42", [("plan", "\"premium\""), ("age", "42"), ("beta", "true"), ("country", "\"DE\"")]);

    /// <summary>Somebody who meets all conditions of the heavy environment's strongest segment: every flag is overridden.</summary>
    public static byte[] HeavyMatching { get; } = Body(LetIn, TraitsFor(failing: -1));

    /// <summary>Somebody who fails every segment of the heavy environment at its last condition.</summary>
    public static byte[] HeavyFailing { get; } = Body(LetIn, TraitsFor(EnvironmentShapes.Heavy.Conditions - 1));

    /// <summary>Somebody with four traits of which the heavy environment's segments know none.</summary>
    public static byte[] HeavyMissing => Plain;

    /// <summary>Somebody with an override in the crowded and in the large environment, with four traits.</summary>
    public static byte[] Overridden { get; } = Body(
        OverriddenIdentifier(7777), [("plan", "\"premium\""), ("age", "42"), ("beta", "true"), ("country", "\"DE\"")]);

    /// <summary>The identifier of an identity that has an override.</summary>
    /// <param name="number">From 0 up to the number of identity overrides of the environment.</param>
    public static string OverriddenIdentifier(int number) => $"override-{number}";

    /// <summary>A body.</summary>
    /// <param name="identifier">The identity.</param>
    /// <param name="traits">With which traits; values are JSON.</param>
    public static byte[] Body(string identifier, IEnumerable<(string Key, string Value)> traits)
    {
        var texts = traits.Select(static trait => $$"""{"trait_key":"{{trait.Key}}","trait_value":{{trait.Value}}}""");
        return Encoding.UTF8.GetBytes($$"""{"identifier":"{{identifier}}","traits":[{{string.Join(',', texts)}}]}""");
    }

    private static IEnumerable<(string Key, string Value)> TraitsFor(int failing) =>
        from place in Enumerable.Range(0, EnvironmentShapes.Heavy.Conditions)
        let condition = WorkloadConditions.At(place)
        where condition is { Matching: not null, Failing: not null }
        select (WorkloadConditions.PropertyAt(place), place == failing ? condition.Failing : condition.Matching);
}
