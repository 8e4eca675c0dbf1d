using System.Globalization;

namespace EdgeProxy.Comparison.Servers;

/// <summary>The metrics that EdgeProxy exposes for Prometheus.</summary>
internal static class ExposedMetrics
{
    private static readonly HttpClient Client = new();

    /// <summary>Requests the metrics of a proxy.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> ReadAsync(Uri proxy) => Parse(await Client.GetStringAsync(new Uri(proxy, "/metrics")));

    /// <summary>Reads the text format: the sum of each metric over its labels.</summary>
    public static IReadOnlyDictionary<string, double> Parse(string text)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var value = line.LastIndexOf(' ');
            if (line.StartsWith('#') || value < 0 || !double.TryParse(line.AsSpan(value + 1), CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }

            var name = line[..line.AsSpan().IndexOfAny('{', ' ')];
            sums[name] = sums.GetValueOrDefault(name) + number;
        }

        return sums;
    }
}
