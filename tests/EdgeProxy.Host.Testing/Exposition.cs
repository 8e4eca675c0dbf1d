using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeProxy.Host.Testing;

/// <summary>Metrics in the text format of Prometheus, version 0.0.4, read to the letter: what is not exactly so fails.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly List<ExposedSample> _samples = [];
    private string _family = "";

    private Exposition()
    {
    }

    /// <summary>Every line with a value.</summary>
    public IReadOnlyList<ExposedSample> Samples => _samples;

    /// <summary>The kinds of the metrics, by name.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>Asks a proxy for its metrics.</summary>
    public static Task<Exposition> OfAsync(TestProxy proxy) => OfAsync(proxy, proxy.Address);

    /// <summary>Asks a proxy for its metrics, at the port they are on.</summary>
    public static async Task<Exposition> OfAsync(TestProxy proxy, Uri address)
    {
        using var response = await proxy.Client.GetAsync(new Uri(address, "/metrics"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Reads a text.</summary>
    public static Exposition Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var exposition = new Exposition();
        string? helped = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                helped = help.Groups["name"].Value;
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                exposition._family = type.Groups["name"].Value;
                Assert.Equal(helped, exposition._family);
                Assert.True(exposition._types.TryAdd(exposition._family, type.Groups["type"].Value), $"twice: {line}");
            }
            else
            {
                exposition.AddSample(line);
            }
        }

        Assert.Equal(exposition._samples.Count, exposition._samples.Select(static sample => sample.Series).Distinct(StringComparer.Ordinal).Count());
        return exposition;
    }

    /// <summary>The sum of the series of a name that have certain labels.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => Find(name, labels).Sum(static sample => sample.Value);

    /// <summary>The series of a name that have certain labels.</summary>
    public IEnumerable<ExposedSample> Find(string name, params (string Name, string Value)[] labels) => _samples.Where(
        sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value));

    private void AddSample(string line)
    {
        var match = Sample().Match(line);
        Assert.True(match.Success, $"not a sample: {line}");
        var name = match.Groups["name"].Value;
        Assert.Contains(name, NamesOf(_family));
        var labels = Label().Matches(match.Groups["labels"].Value)
            .ToDictionary(static label => label.Groups["name"].Value, static label => Unescape(label.Groups["value"].Value), StringComparer.Ordinal);
        var text = match.Groups["value"].Value;
        var value = text == "+Inf" ? double.PositiveInfinity : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        _samples.Add(new ExposedSample(name, labels, value));
    }

    private IEnumerable<string> NamesOf(string family) => _types.GetValueOrDefault(family) switch
    {
        "histogram" => [$"{family}_bucket", $"{family}_sum", $"{family}_count"],
        "summary" => [$"{family}_sum", $"{family}_count"],
        _ => [family],
    };

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' ? text[i] : text[++i] == 'n' ? '\n' : text[i]);
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-z_:][a-z0-9_:]*) (?:[^\\]|\\\\|\\n)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-z_:][a-z0-9_:]*) (?<type>counter|gauge|summary|histogram)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Type();

    [GeneratedRegex(
        """^(?<name>[a-z_:][a-z0-9_:]*)(\{(?<labels>([a-z_][a-z0-9_]*="([^"\\]|\\["\\n])*",)*[a-z_][a-z0-9_]*="([^"\\]|\\["\\n])*")\})? (?<value>\+Inf|[0-9.]+(E[+-]?[0-9]+)?)$""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-z_][a-z0-9_]*)="(?<value>([^"\\]|\\["\\n])*)"(,|$)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();
}
