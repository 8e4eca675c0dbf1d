using System.Text;

namespace EdgeProxy.Host.Analytics;

/// <summary>A feature's name in UTF-8, as a key of a table that is searched with bytes of a body.</summary>
internal sealed class FeatureName
{
    /// <param name="utf8">The name in UTF-8, which is copied.</param>
    public FeatureName(ReadOnlySpan<byte> utf8)
    {
        Utf8 = utf8.ToArray();
        IsPlain = !utf8.ContainsAny("\"\\"u8) && !utf8.ContainsAnyInRange((byte)0, (byte)0x1F);
    }

    /// <summary>Indicates whether it is written in JSON as it is.</summary>
    public bool IsPlain { get; }

    /// <summary>The name in UTF-8.</summary>
    public byte[] Utf8 { get; }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);
}
