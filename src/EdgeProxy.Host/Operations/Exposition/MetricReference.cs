using System.Text;

namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>The table of metrics in docs/metrics.md.</summary>
internal static class MetricReference
{
    /// <summary>Renders a table of metrics, in Markdown.</summary>
    public static string Table(IEnumerable<MetricFamily> families)
    {
        var table = new StringBuilder("| metric | kind | labels | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var family in families)
        {
            var labels = string.Join(", ", family.Labels.Select(static label => $"`{label}`"));
            table.Append($"| `{family.Name}` | {family.Kind.ToString().ToLowerInvariant()} | {labels} | {family.Help} |\n");
        }

        return table.ToString();
    }
}
