namespace EdgeProxy.Host.Common;

/// <summary>Formats time spans in few digits.</summary>
internal static class ShortTime
{
    /// <summary>Formats a time span: <c>64 s</c>, <c>12 min</c>, <c>3 h</c>.</summary>
    public static string Of(TimeSpan span) =>
        span < TimeSpan.FromMinutes(2) ? $"{span.TotalSeconds:0} s" : span < TimeSpan.FromHours(2) ? $"{span.TotalMinutes:0} min" : $"{span.TotalHours:0} h";
}
