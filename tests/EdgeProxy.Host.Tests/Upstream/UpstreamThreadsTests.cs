using System.Collections.Concurrent;
using System.Net;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IO;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>What talks to the upstream never goes on where requests are answered.</summary>
public sealed class UpstreamThreadsTests
{
    [Fact]
    public async Task Poll_AfterWaits_StillWhereItWasBegun()
    {
        const int Polls = 3;
        var time = new ManualTimeProvider();
        var handler = new SchedulerRecorder();
        using var client = new HttpClient(handler);
        using var gate = new SemaphoreSlim(1);
        using var compilations = new CompilationQueue(mostAtOnce: 1);
        var options = new ProxyOptions { ApiUrl = new Uri("http://upstream.example"), ApiPollTimeout = TimeSpan.FromHours(1) };
        var fetcher = new DocumentFetcher(new PageFetcher(new UpstreamSender(client, options, time), options, new RecyclableMemoryStreamManager()), options);
        var publisher = new EnvironmentPublisher(compilations, time, NullLogger<EnvironmentPublisher>.Instance);
        var environment = new EnvironmentState("a", "ser.a", EnvironmentKind.Configured);
        var poller = new EnvironmentPoller(environment, fetcher, publisher, options, gate, time, NullLogger<EnvironmentPoller>.Instance);

        var poll = EnvironmentPoll.Begin(poller, UpstreamThreads.Scheduler, CancellationToken.None);
        await Patience.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return handler.Schedulers.Count >= Polls;
            },
            "polls");
        await poll.EndAsync();

        Assert.All(handler.Schedulers, static scheduler => Assert.Same(UpstreamThreads.Scheduler, scheduler));
    }

    private sealed class SchedulerRecorder : HttpMessageHandler
    {
        public ConcurrentQueue<TaskScheduler> Schedulers { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Schedulers.Enqueue(TaskScheduler.Current);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
        }
    }
}
