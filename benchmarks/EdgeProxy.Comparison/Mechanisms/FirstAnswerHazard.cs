using EdgeProxy.Comparison.Scenarios;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>First requests for compressed documents, five a second, each for one that nobody asked for in this coding before.</summary>
internal sealed class FirstAnswerHazard : IHazard
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Codings = ["br", "gzip"];
    private static readonly HttpClient Client = new();

    private readonly Queue<(MeasuredEnvironment Environment, string Coding)> _unasked;

    /// <param name="environments">The environments, as many as <see cref="EnvironmentsFor"/> says.</param>
    public FirstAnswerHazard(IEnumerable<MeasuredEnvironment> environments)
    {
        _unasked = new(environments.SelectMany(static environment => Codings.Select(coding => (environment, coding))));
    }

    /// <summary>The number of environments that are needed.</summary>
    /// <param name="durations">The duration of each run.</param>
    public static int EnvironmentsFor(IEnumerable<TimeSpan> durations) => (durations.Sum(static duration => Requests(duration)) + Codings.Length - 1) / Codings.Length;

    /// <inheritdoc/>
    public async Task RunAsync(Uri server, TimeSpan duration)
    {
        for (var i = Requests(duration); i > 0; i--)
        {
            var (environment, coding) = _unasked.Dequeue();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/api/v1/environment-document/"));
            request.Headers.Add("X-Environment-Key", environment.ServerSideKey);
            request.Headers.Add("Accept-Encoding", coding);
            using var response = await Client.SendAsync(request);
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"The document of {environment.Key} was answered with {(int)response.StatusCode}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static int Requests(TimeSpan duration) => (int)(duration / Pause);
}
