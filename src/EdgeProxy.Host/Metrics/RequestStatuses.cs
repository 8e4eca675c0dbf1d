namespace EdgeProxy.Host.Metrics;

/// <summary>The statuses that requests are counted by: those that the proxy answers with, each with a number from 0.</summary>
internal static class RequestStatuses
{
    private const int Bound = 600;

    // 408 and 499 are the server's own: a body that came too slowly, a client that was gone before its answer.
    private static readonly int[] Known = [200, 304, 400, 401, 403, 404, 405, 408, 413, 422, 429, 499, 500, 503];

    private static readonly byte[] Numbers = Number();

    /// <summary>Their names; the last is that of all others.</summary>
    public static readonly string[] Names = [.. Known.Select(static status => $"{status}"), "other"];

    /// <summary>The number of a status.</summary>
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
