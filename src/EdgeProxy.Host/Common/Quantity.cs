namespace EdgeProxy.Host.Common;

/// <summary>Formats numbers with their nouns, for messages.</summary>
internal static class Quantity
{
    /// <summary>Formats a number: <c>1 segment</c>, <c>2 segments</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun for one.</param>
    /// <param name="plural">The noun for any other number; null to append an s.</param>
    public static string Of(long count, string noun, string? plural = null) => count == 1 ? $"1 {noun}" : $"{count} {plural ?? $"{noun}s"}";
}
