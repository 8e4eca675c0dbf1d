using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>The plans that there are, and which of them belong to a form.</summary>
internal static class LoadPlans
{
    // Documents are some hundred times as large as other answers.
    private const int DocumentFraction = 10;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>Names of all plans.</summary>
    public static IReadOnlyList<string> Names { get; } = ["flags", "identities", "document", "mix", "ramp", "spike", "soak"];

    /// <summary>The plans of a form.</summary>
    public static IReadOnlyList<string> NamesOf(LoadForm form) =>
        form == LoadForm.Short ? ["flags", "identities", "document", "mix", "spike"] : Names;

    /// <summary>The default duration of each plan of a form.</summary>
    public static TimeSpan DurationOf(LoadForm form) => form == LoadForm.Short ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(10);

    /// <summary>A plan.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="duration">The duration.</param>
    public static LoadPlan Make(string name, int rate, TimeSpan duration) => name switch
    {
        "flags" => Constant(name, RequestMix.Flags, rate, duration),
        "identities" => Constant(name, RequestMix.Identities, rate, duration),
        "document" => Constant(name, RequestMix.Document, Math.Max(1, rate / DocumentFraction), duration),
        "mix" => Constant(name, RequestMix.Everything, rate, duration),
        "ramp" => new LoadPlan(name, RequestMix.Everything, LoadShape.Ramp(rate, duration)),
        "spike" => new LoadPlan(name, RequestMix.Everything, LoadShape.Spike(rate, duration)) { WarmUp = WarmUp },
        "soak" => new LoadPlan(name, RequestMix.Everything, LoadShape.Soak(rate, duration)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such plan."),
    };

    private static LoadPlan Constant(string name, RequestMix mix, int rate, TimeSpan duration) =>
        new(name, mix, LoadShape.Constant(rate, duration)) { WarmUp = WarmUp };
}
