using System.Globalization;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Load;

/// <summary><c>h2load</c> over the protocol of the question, with one thread. It writes each answer's time down; percentiles come from those.</summary>
internal sealed class H2Load : ILoadTool
{
    private const int Status = 1;
    private const int Microseconds = 2;

    private readonly int? _requestsPerSecond;
    private readonly string _cores;

    /// <param name="requestsPerSecond">The requests per second; null for as many as are answered.</param>
    /// <param name="cores">The cores that it may use.</param>
    public H2Load(int? requestsPerSecond = null, string cores = Cores.Load)
    {
        _requestsPerSecond = requestsPerSecond;
        _cores = cores;
    }

    /// <inheritdoc/>
    public string Name => "h2load";

    /// <inheritdoc/>
    public async Task<LoadResult> RunAsync(Uri server, HttpQuestion question, int connections, TimeSpan duration)
    {
        using var directory = new TemporaryDirectory();
        var log = directory.PathOf("log");
        var clients = question.Protocol.ConnectionsFor(connections);
        List<string> arguments = [.. Speak(question.Protocol), "-t1", $"-c{clients}", $"-D{duration.TotalSeconds:0}", $"--log-file={log}"];
        arguments.AddRange(question.Headers.SelectMany(static header => (string[])["-H", $"{header.Key}: {header.Value}"]));
        if (question.Body is not null)
        {
            arguments.AddRange(["-d", directory.Write("body", question.Body)]);
        }

        if (_requestsPerSecond is { } rate)
        {
            arguments.Add($"--rps={rate / clients}");
        }

        await LoadCommand.RunAsync("h2load", [.. arguments, new Uri(server, question.Path).AbsoluteUri], _cores);
        return Read(File.ReadLines(log), duration, question.IsKnown ? "304" : "200");
    }

    /// <summary>The options for a protocol. Without TLS, HTTP/2 is spoken from the first byte on.</summary>
    internal static string[] Speak(ClientProtocol protocol) =>
        protocol.IsHttp2 ? ["--npn-list=h2", "--no-tls-proto=h2c", $"-m{protocol.Streams}"] : ["--h1"];

    /// <summary>Reads what it wrote down: a line an answer, of start, status and microseconds. Every other status is a failure.</summary>
    public static LoadResult Read(IEnumerable<string> log, TimeSpan duration, string expectedStatus = "200")
    {
        var times = new List<long>();
        var failures = 0;
        foreach (var line in log)
        {
            var fields = line.Split('\t');
            if (fields[Status] == expectedStatus)
            {
                times.Add(long.Parse(fields[Microseconds], CultureInfo.InvariantCulture));
            }
            else
            {
                failures++;
            }
        }

        times.Sort();
        return new LoadResult(times.Count, failures, duration, Percentile(times, 0.5), Percentile(times, 0.99), Percentile(times, 0.999));
    }

    private static TimeSpan Percentile(List<long> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(sorted[(int)Math.Ceiling(share * sorted.Count) - 1]);
}
