using System.Text;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Formats results for a terminal.</summary>
internal static class CheckText
{
    /// <summary>Formats a report: a line for each result, with the advice below it, and a summary.</summary>
    public static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        var width = report.Results.Max(static result => result.Check.Length);
        foreach (var result in report.Results)
        {
            var indent = new string(' ', width + 4);
            text.Append(MarkOf(result.Status)).Append(' ').Append(result.Check.PadRight(width)).Append("  ").AppendLine(LogText.Escape(result.Message));
            foreach (var line in result.Details.Concat(result.Advice is { } advice ? [$"→ {advice}."] : []))
            {
                text.Append(indent).AppendLine(LogText.Escape(line));
            }
        }

        var failures = report.Count(CheckStatus.Failure);
        var warnings = report.Count(CheckStatus.Warning);
        return text.AppendLine().Append(failures + warnings == 0 ? "All is well." : $"{Quantity.Of(failures, "failure")}, {Quantity.Of(warnings, "warning")}.").ToString();
    }

    private static char MarkOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => '✓',
        CheckStatus.Warning => '!',
        CheckStatus.Failure => '✗',
        _ => '·',
    };
}
