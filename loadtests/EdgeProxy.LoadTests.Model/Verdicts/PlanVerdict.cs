using System.Globalization;
using EdgeProxy.LoadTests.Model.Shapes;

namespace EdgeProxy.LoadTests.Model.Verdicts;

/// <summary>True if what was measured of a plan is good enough, in words.</summary>
/// <param name="Passed">True if it is.</param>
/// <param name="Lines">One for each kind of request, and for whatever else is wrong.</param>
internal sealed record PlanVerdict(bool Passed, IReadOnlyList<string> Lines)
{
    // How many requests a shape makes depends on the generator, and one that is itself overloaded makes fewer. With less than
    // this share of them, what was to be shown was not.
    private const double MinShare = 0.5;

    /// <summary>Judges a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="figures">The figures, one for each kind of request.</param>
    /// <param name="marks">The targets.</param>
    public static PlanVerdict Of(LoadPlan plan, IReadOnlyList<RequestFigures> figures, PassMarks marks)
    {
        var passed = true;
        var lines = new List<string>();
        foreach (var one in figures)
        {
            var problems = Problems(one, marks).ToList();
            passed &= problems.Count == 0;
            lines.Add(Line(plan, one, problems));
        }

        var arrived = figures.Sum(static one => (double)one.Succeeded + one.Failed);
        if (arrived == 0 || arrived < plan.Shape.Requests * MinShare)
        {
            passed = false;
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"FAIL {plan.Name}: {arrived:N0} requests of about {plan.Shape.Requests:N0} were made: the load was not there"));
        }

        return new PlanVerdict(passed, lines);
    }

    private static IEnumerable<string> Problems(RequestFigures figures, PassMarks marks)
    {
        if (figures.Failed > (figures.Succeeded + (double)figures.Failed) * marks.MaxFailedPercent / 100)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"at most {marks.MaxFailedPercent:0.###} % may fail");
        }

        if (figures.Percentile99 > marks.MaxPercentile99)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"p99 may be {marks.MaxPercentile99.TotalMilliseconds:0.##} ms");
        }
    }

    private static string Line(LoadPlan plan, RequestFigures figures, List<string> problems)
    {
        var all = figures.Succeeded + (double)figures.Failed;
        var measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Name}, {figures.Kind}: {figures.Failed:N0} of {all:N0} failed ({(all > 0 ? 100 * figures.Failed / all : 0):0.###} %), p99 {figures.Percentile99.TotalMilliseconds:0.##} ms");
        return problems.Count == 0 ? $"pass {measured}" : $"FAIL {measured}: {string.Join(", ", problems)}";
    }
}
