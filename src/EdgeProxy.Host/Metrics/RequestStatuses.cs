namespace EdgeProxy.Host.Metrics;

/// <summary>The statuses that requests are counted by: those that the proxy uses, each with an index.</summary>
internal static class RequestStatuses
{
    private const int Bound = 600;

    // 408 and 499 are set by the server: a body that arrived too slowly, a client that disconnected before its answer.
    private static readonly int[] Known = [200, 204, 304, 400, 401, 403, 404, 405, 408, 413, 422, 429, 499, 500, 503];

    private static readonly byte[] Numbers = Number();

    /// <summary>The names of the statuses; the last is for all others.</summary>
    public static readonly string[] Names = [.. Known.Select(static status => $"{status}"), "other"];

    /// <summary>The index of a status.</summary>
    public static int NumberOf(int status) => (uint)status < Bound ? Numbers[status] : Known.Length;

    private static byte[] Number()
    {
        var numbers = new byte[Bound];
        Array.Fill(numbers, (byte)Known.Length);
        for (var i = 0; i < Known.Length; i++)
        {
            numbers[Known[i]] = (byte)i;
        }

        return numbers;
    }
}
