using System.Buffers;
using System.Globalization;
using System.Text;

namespace EdgeProxy.Host.Operations.Exposition;

/// <summary>Metrics in the text format of Prometheus, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>The media type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int MaxNumberLength = 32;
    private const string BoundLabel = "le";
    private const string WithoutExponent = "0.######"; // to the microsecond

    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>Writes the current values of all metrics.</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<MetricFamily> families)
    {
        var writer = new PrometheusText();
        foreach (var family in families)
        {
            writer.Write(family);
        }

        return writer._text.WrittenMemory;
    }

    private void Write(MetricFamily family)
    {
        Append($"# HELP {family.Name} {Escape(family.Help, isQuoted: false)}\n");
        Append($"# TYPE {family.Name} {NameOf(family.Kind)}\n");
        foreach (var sample in family.Collect())
        {
            Append(family.Name);
            Append(sample.Suffix ?? "");
            AppendLabels(family.Labels, sample);
            Append(" ");
            Append(sample.Value);
            Append("\n");
        }
    }

    private void AppendLabels(string[] names, MetricSample sample)
    {
        var separator = "{";
        for (var i = 0; i < names.Length; i++)
        {
            Append(separator);
            Append(names[i]);
            Append("=\"");
            Append(Escape(sample.Labels[i], isQuoted: true));
            Append("\"");
            separator = ",";
        }

        if (sample.Bound is { } bound)
        {
            Append(separator);
            Append(BoundLabel);
            Append("=\"");
            Append(bound, WithoutExponent);
            Append("\"");
            separator = ",";
        }

        if (separator == ",")
        {
            Append("}");
        }
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _text);

    private void Append(double number, string? format = null)
    {
        if (double.IsPositiveInfinity(number))
        {
            Append("+Inf");
            return;
        }

        number.TryFormat(_text.GetSpan(MaxNumberLength), out var written, format, CultureInfo.InvariantCulture);
        _text.Advance(written);
    }

    /// <summary>Escapes a label value: names of environments are arbitrary; a line must stay a line.</summary>
    private static string Escape(string text, bool isQuoted)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isQuoted ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string NameOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        MetricKind.Summary => "summary",
        _ => "histogram",
    };
}
