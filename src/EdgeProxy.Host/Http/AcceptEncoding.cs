using System.Globalization;
using EdgeProxy.Host.Common.Compression;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http;

/// <summary>Negotiates the coding that a client prefers (RFC 9110, section 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>Selects the preferred coding of those that are available.</summary>
    /// <param name="header">The header's value.</param>
    /// <param name="onTie">The coding to use if the client prefers gzip and Brotli equally.</param>
    public static ContentCoding Best(in StringValues header, ContentCoding onTie)
    {
        if (header.Count == 0)
        {
            return ContentCoding.Identity;
        }

        double? gzip = null;
        double? brotli = null;
        double? any = null;
        foreach (var value in header)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                Read(value.AsSpan()[range], ref gzip, ref brotli, ref any);
            }
        }

        var gzipWeight = gzip ?? any ?? 0;
        var brotliWeight = brotli ?? any ?? 0;
        return Math.Max(gzipWeight, brotliWeight) <= 0 ? ContentCoding.Identity
            : brotliWeight == gzipWeight ? onTie
            : brotliWeight > gzipWeight ? ContentCoding.Brotli
            : ContentCoding.Gzip;
    }

    private static void Read(ReadOnlySpan<char> item, ref double? gzip, ref double? brotli, ref double? any)
    {
        var semicolon = item.IndexOf(';');
        var name = (semicolon < 0 ? item : item[..semicolon]).Trim();
        var weight = semicolon < 0 ? 1 : Weight(item[(semicolon + 1)..].Trim());
        if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
        {
            gzip = weight;
        }
        else if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
        {
            brotli = weight;
        }
        else if (name is "*")
        {
            any = weight;
        }
    }

    private static double Weight(ReadOnlySpan<char> parameter) =>
        parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter[2..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : 1;
}
