using System.Globalization;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Environments;

public sealed class CompilationQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_MoreThanMayRunAtOnce_SoManyAtATimeAndAllInTheEnd(int maxAtOnce)
    {
        using var queue = new CompilationQueue(maxAtOnce, new ManualTimeProvider());
        using var reached = new Barrier(maxAtOnce);
        var running = new ConcurrencyGauge();

        // In multiples of what may run at once: each waits until as many run, which is as many as may.
        var results = await Task.WhenAll(Enumerable.Range(0, maxAtOnce * 4).Select(i => queue.RunAsync(
            () =>
            {
                running.Enter();
                Assert.True(reached.SignalAndWait(Patience.Limit));
                running.Leave();
                Assert.True(reached.SignalAndWait(Patience.Limit));
                return i;
            },
            CancellationToken.None)));

        Assert.Equal(Enumerable.Range(0, maxAtOnce * 4), results);
        Assert.Equal(maxAtOnce, running.Max);
    }

    [Fact]
    public async Task RunAsync_OneTakesLongerThanATurn_OthersRunBesideIt()
    {
        var time = new ManualTimeProvider();
        using var queue = new CompilationQueue(1, time);
        using var slow = new HeldCompilation(queue);
        var other = queue.RunAsync(static () => 5, CancellationToken.None);

        Assert.False(other.IsCompleted); // within the turn there is one thread
        time.Advance(CompilationQueue.Turn);

        Assert.Equal(5, await other.WaitAsync(Patience.Limit));
        Assert.False(slow.Completion.IsCompleted);
        slow.Release();
        Assert.True(await slow.Completion);
    }

    [Fact]
    public async Task RunAsync_AfterOneThatTookLong_AsManyAtATimeAsBefore()
    {
        var time = new ManualTimeProvider();
        using var queue = new CompilationQueue(1, time);
        using var slow = new HeldCompilation(queue);
        time.Advance(CompilationQueue.Turn);
        await queue.RunAsync(static () => 5, CancellationToken.None).WaitAsync(Patience.Limit);
        slow.Release();
        await slow.Completion;

        var running = new ConcurrencyGauge();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => queue.RunAsync(
            () =>
            {
                running.Enter();
                Thread.Yield();
                running.Leave();
                return 0;
            },
            CancellationToken.None)));

        Assert.Equal(1, running.Max);
    }

    [Fact]
    public async Task RunAsync_Throws_ToTheCallerAndTheNextOneRuns()
    {
        using var queue = new CompilationQueue(1, new ManualTimeProvider());

        var exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => queue.RunAsync<int>(static () => throw new InvalidDataException("odd"), CancellationToken.None));

        Assert.Equal("odd", exception.Message);
        Assert.Equal(5, await queue.RunAsync(static () => 5, CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_Always_OnAThreadOfItsOwnAndTheCallerGoesOnElsewhere()
    {
        using var queue = new CompilationQueue(1, new ManualTimeProvider());

        var (name, isPool) = await queue.RunAsync(
            static () => (Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread), CancellationToken.None);

        Assert.Equal("Compilation", name);
        Assert.False(isPool);
        Assert.NotEqual("Compilation", Thread.CurrentThread.Name);
    }

    [Fact]
    public async Task RunAsync_OnLinux_WithLowerPriority()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var queue = new CompilationQueue(1, new ManualTimeProvider());
        var usual = Niceness("self");

        var lowered = await queue.RunAsync(static () => Niceness("thread-self"), CancellationToken.None);

        Assert.True(lowered > usual, $"{lowered} against {usual}");
    }

    [Fact]
    public async Task RunAsync_Compiled_CompletedByTheThreadForResultsOnly()
    {
        var results = new BackgroundThreads("results", maxThreads: 1, static () => { });
        using var queue = new CompilationQueue(1, new ManualTimeProvider(), results);
        using var gate = new ManualResetEventSlim();
        results.Add(gate.Wait);
        using var isCompiled = new ManualResetEventSlim();

        var task = queue.RunAsync(
            () =>
            {
                isCompiled.Set();
                return 5;
            },
            CancellationToken.None);
        Assert.True(isCompiled.Wait(Patience.Limit));
        using var isNextStarted = new ManualResetEventSlim();
        var next = queue.RunAsync(
            () =>
            {
                isNextStarted.Set();
                return 6;
            },
            CancellationToken.None);
        Assert.True(isNextStarted.Wait(Patience.Limit));

        // The compiling thread is done with the first one: if it completed it, it did so before it took the next.
        Assert.False(task.IsCompleted);
        gate.Set();
        Assert.Equal((5, 6), (await task, await next));
    }

    [Fact]
    public async Task RunAsync_OnLinux_ThreadsOfThePoolKeepTheirPriority()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var queue = new CompilationQueue(1, new ManualTimeProvider());
        var usual = Niceness("self");

        // Each time more is to be done at once than before, so that the pool needs more threads.
        for (var i = 1; i <= 20; i++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, i).Select(async _ =>
            {
                await queue.RunAsync(static () => 0, CancellationToken.None);
                return await Task.Run(static () => Niceness("thread-self"));
            }));

            Assert.All(results, niceness => Assert.Equal(usual, niceness));
        }
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItWaits_NeverRuns()
    {
        using var queue = new CompilationQueue(1, new ManualTimeProvider());
        using var go = new ManualResetEventSlim();
        using var cancellationToken = new CancellationTokenSource();
        var ran = false;
        var first = queue.RunAsync(() => go.Wait(Patience.Limit), CancellationToken.None);
        var second = queue.RunAsync(() => ran = true, cancellationToken.Token);

        await cancellationToken.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        go.Set();

        Assert.True(await first);
        Assert.True(await queue.RunAsync(static () => true, CancellationToken.None));
        Assert.False(ran);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItRuns_NotWaitedFor()
    {
        using var queue = new CompilationQueue(1, new ManualTimeProvider());
        using var cancellationToken = new CancellationTokenSource();
        using var running = new HeldCompilation(queue, cancellationToken.Token);

        await cancellationToken.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Completion);
        running.Release();
        Assert.True(await queue.RunAsync(static () => true, CancellationToken.None));
    }

    [Fact]
    public async Task RunUrgentlyAsync_QueueIsBusy_RunsAtOnceWithUsualPriority()
    {
        using var queue = new CompilationQueue(1, new ManualTimeProvider());
        using var running = new HeldCompilation(queue);

        var niceness = await queue.RunUrgentlyAsync(static () => OperatingSystem.IsLinux() ? Niceness("thread-self") : 0, CancellationToken.None).WaitAsync(Patience.Limit);

        Assert.Equal(OperatingSystem.IsLinux() ? Niceness("self") : 0, niceness);
        Assert.False(running.Completion.IsCompleted);
        running.Release();
        Assert.True(await running.Completion);
    }

    [Fact]
    public async Task RunUrgentlyAsync_AnotherOneRunsSo_Queued()
    {
        using var queue = new CompilationQueue(1, new ManualTimeProvider());
        using var go = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var first = queue.RunUrgentlyAsync(
            () =>
            {
                started.Set();
                return go.Wait(Patience.Limit);
            },
            CancellationToken.None);
        Assert.True(started.Wait(Patience.Limit));

        Assert.Equal("Compilation", await queue.RunUrgentlyAsync(static () => Thread.CurrentThread.Name, CancellationToken.None).WaitAsync(Patience.Limit));
        go.Set();

        Assert.True(await first);
        Assert.Equal("Urgent compilation", await queue.RunUrgentlyAsync(static () => Thread.CurrentThread.Name, CancellationToken.None));
    }

    [Fact]
    public async Task RunUrgentlyAsync_Throws_ToTheCallerAndTheNextOneRuns()
    {
        using var queue = new CompilationQueue(1, new ManualTimeProvider());

        await Assert.ThrowsAsync<InvalidDataException>(
            () => queue.RunUrgentlyAsync<int>(static () => throw new InvalidDataException("odd"), CancellationToken.None));

        Assert.Equal(5, await queue.RunUrgentlyAsync(static () => 5, CancellationToken.None));
    }

    [Fact]
    public async Task Dispose_SomeWait_TheyAreCancelledAndTheOneThatRunsEnds()
    {
        var queue = new CompilationQueue(1, new ManualTimeProvider());
        using var running = new HeldCompilation(queue);
        var waiting = queue.RunAsync(static () => true, CancellationToken.None);

        queue.Dispose();
        queue.Dispose();
        var late = queue.RunAsync(static () => true, CancellationToken.None);
        running.Release();

        Assert.True(await running.Completion);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.RunAsync(static () => true, CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.RunUrgentlyAsync(static () => true, CancellationToken.None));
    }

    /// <summary>The 19th field; the second is the only one that may have spaces, and it ends with a parenthesis.</summary>
    private static int Niceness(string thread)
    {
        var stat = File.ReadAllText($"/proc/{thread}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
