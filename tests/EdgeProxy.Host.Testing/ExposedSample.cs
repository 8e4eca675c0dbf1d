namespace EdgeProxy.Host.Testing;

/// <summary>A line of an exposition.</summary>
internal sealed record ExposedSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The identity of the series: no two lines may share it.</summary>
    public string Series { get; } = $"{Name}|{string.Join('|', Labels.OrderBy(static label => label.Key, StringComparer.Ordinal).Select(static label => $"{label.Key}={label.Value}"))}";
}
