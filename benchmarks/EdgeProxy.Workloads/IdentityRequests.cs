using System.Text;

namespace EdgeProxy.Workloads;

/// <summary>Bodies of <c>POST /api/v1/identities/</c>, as SDKs send them, and of OFREP for the same identities.</summary>
public static class IdentityRequests
{
    // Chosen so that in an environment with the key below the split of the strongest segment of the heavy environment lets it in; the tests hold it to that.
    private const string LetIn = "user-2";

    /// <summary>The key of the environment that these identities are known in.</summary>
    public const string EnvironmentKey = "workload";

    /// <summary>An identity with four traits that no segment reads.</summary>
    public static byte[] Plain { get; } = Body(
        "user-42", [("plan", "\"premium\""), ("age", "42"), ("beta", "true"), ("country", "\"DE\"")]);

    /// <summary>An identity that meets all conditions of the heavy environment's strongest segment: every flag is overridden.</summary>
    public static byte[] HeavyMatching { get; } = Body(LetIn, TraitsFor(failing: -1));

    /// <summary>An identity that fails every segment of the heavy environment at its last condition.</summary>
    public static byte[] HeavyFailing { get; } = Body(LetIn, TraitsFor(EnvironmentShapes.Heavy.Conditions - 1));

    /// <summary>An identity with four traits that no segment of the heavy environment reads.</summary>
    public static byte[] HeavyMissing => Plain;

    /// <summary>An identity with an override in the crowded and in the large environment, and with four traits.</summary>
    public static byte[] Overridden { get; } = Body(
        OverriddenIdentifier(7777), [("plan", "\"premium\""), ("age", "42"), ("beta", "true"), ("country", "\"DE\"")]);

    /// <summary>The context of <see cref="Plain"/>, as OpenFeature providers send it.</summary>
    public static byte[] PlainContext { get; } = Context(
        "user-42", [("plan", "\"premium\""), ("age", "42"), ("beta", "true"), ("country", "\"DE\"")]);

    /// <summary>The context of <see cref="HeavyMatching"/>.</summary>
    public static byte[] HeavyMatchingContext { get; } = Context(LetIn, TraitsFor(failing: -1));

    /// <summary>The context of <see cref="HeavyFailing"/>.</summary>
    public static byte[] HeavyFailingContext { get; } = Context(LetIn, TraitsFor(EnvironmentShapes.Heavy.Conditions - 1));

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

    /// <summary>The body of an OFREP request.</summary>
    /// <param name="identifier">The targeting key.</param>
    /// <param name="traits">The attributes; values are JSON.</param>
    public static byte[] Context(string identifier, IEnumerable<(string Key, string Value)> traits)
    {
        var members = traits.Select(static trait => $"\"{trait.Key}\":{trait.Value}").Prepend($"\"targetingKey\":\"{identifier}\"");
        return Encoding.UTF8.GetBytes("{\"context\":{" + string.Join(',', members) + "}}");
    }

    private static IEnumerable<(string Key, string Value)> TraitsFor(int failing) =>
        from place in Enumerable.Range(0, EnvironmentShapes.Heavy.Conditions)
        let condition = WorkloadConditions.At(place)
        where condition is { Matching: not null, Failing: not null }
        select (WorkloadConditions.PropertyAt(place), place == failing ? condition.Failing : condition.Matching);
}
