using System.Globalization;
using System.Text;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Formats the result of a comparison for a terminal.</summary>
internal static class ComparisonText
{
    /// <summary>The largest number of different differences that are printed and explained.</summary>
    public const int MaxShown = 20;

    /// <summary>Formats a result.</summary>
    public static string Of(ComparisonResult result)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Quantity.Of(result.Count, "question")} to {result.Here} (here) and {result.There} (there):");
        foreach (var (kind, count) in result.Questions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {count,6}  {kind}");
        }

        text.AppendLine(Times("here", result.TimesHere)).AppendLine(Times("there", result.TimesThere));
        foreach (var (kind, count) in result.Harmless)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Harmless: {Quantity.Of(count, "answer")} {Describe(kind)}");
        }

        if (result.Vanished > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{Quantity.Of(result.Vanished, "answer")} differed once, and not when asked again: the environment changed in between.");
        }

        foreach (var group in result.Groups.Take(MaxShown))
        {
            text.Append("✗ ").AppendLine(LogText.Escape(group.ToString()));
        }

        if (result.Groups.Count > MaxShown)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"… and {result.Groups.Count - MaxShown} more that are different");
        }

        return text.Append(Verdict(result)).ToString();
    }

    /// <summary>The verdict.</summary>
    public static string Verdict(ComparisonResult result) => result.Differences.Count == 0
        ? "No differences."
        : $"{Quantity.Of(result.Differences.Count, "difference")} in the answers to {Quantity.Of(result.Differences.Select(static difference => difference.Question).Distinct().Count(), "question")}.";

    /// <summary>Describes a harmless difference, after the number of answers.</summary>
    public static string Describe(HarmlessDifference kind) => kind switch
    {
        HarmlessDifference.Members => "with members of flags that only one of the two sends (variant, reason, metadata)",
        HarmlessDifference.NumberSpelling => "with a number that is spelled differently",
        _ => "with the same flags in another order",
    };

    private static string Times(string name, IReadOnlyList<TimeSpan> times) => string.Create(
        CultureInfo.InvariantCulture,
        $"Times {name}: half of the answers within {ComparisonResult.Percentile(times, 50).TotalMilliseconds:0.0} ms, 99 % within {ComparisonResult.Percentile(times, 99).TotalMilliseconds:0.0} ms");
}
