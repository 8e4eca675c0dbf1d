using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Tests.Environments;

/// <summary>Documents between their arrival and the first request that they answer.</summary>
public sealed class DocumentAdmissionTests
{
    [Fact]
    public async Task Publish_SameContentInAnotherOrder_NothingHappens()
    {
        await using var proxy = await ServeAsync();
        var environment = proxy.Registry.Environments[0];
        var before = environment.Current;
        var document = Documents.Small("env");
        var turned = new JsonObject([.. document.Reverse().Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]);

        var outcome = await proxy.Publisher.PublishAsync(environment, Bytes(turned), CancellationToken.None);

        Assert.Equal(PublishOutcome.Unchanged, outcome);
        Assert.Same(before, environment.Current);
    }

    [Fact]
    public async Task Publish_TheSameBytes_NotEvenQueued()
    {
        await using var proxy = await ServeAsync();
        var environment = proxy.Registry.Environments[0];
        var bytes = environment.Current!.Document.Body.Plain.ToArray();
        proxy.Services.GetRequiredService<CompilationQueue>().Dispose(); // nothing that is queued now comes back with a result

        Assert.Equal(PublishOutcome.Unchanged, await proxy.Publisher.PublishAsync(environment, bytes, CancellationToken.None).WaitAsync(Patience.Limit));
    }

    [Fact]
    public async Task Publish_OnlyTheTimeChanged_NotCompiledButHandedOn()
    {
        await using var proxy = await ServeAsync();
        var environment = proxy.Registry.Environments[0];
        var before = environment.Current!;
        var document = Documents.Small("env");
        document["updated_at"] = "2026-11-02T00:00:00.5Z";

        var outcome = await proxy.Publisher.PublishAsync(environment, Bytes(document), CancellationToken.None);

        Assert.Equal(PublishOutcome.Equivalent, outcome);
        Assert.Same(before.Snapshot, environment.Current!.Snapshot);
        Assert.NotEqual(before.Document.Version, environment.Current.Document.Version);
        Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.EnvironmentPublished);
        using var flags = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env");
        Assert.Equal("1793577600.5", flags.Headers.GetValues("X-Flagsmith-Document-Updated-At").Single());
        Assert.Contains("2026-11-02", await proxy.GetAsync("/api/v1/environment-document/", "ser.env"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_SameContentAgainAfterAChange_ComparedWithWhatIsServed()
    {
        await using var proxy = await ServeAsync();
        var environment = proxy.Registry.Environments[0];
        var changed = Documents.Small("env");
        changed["feature_states"]![0]!["feature_state_value"] = "green";

        var outcomes = new List<PublishOutcome>();
        foreach (var document in new[] { changed, Documents.Small("env"), Documents.Small("env") })
        {
            outcomes.Add(await proxy.Publisher.PublishAsync(environment, Bytes(document), CancellationToken.None));
        }

        Assert.Equal([PublishOutcome.Published, PublishOutcome.Published, PublishOutcome.Unchanged], outcomes);
        Assert.Contains("\"blue\"", await proxy.GetAsync("/api/v1/flags/", "env"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 2, true)]
    [InlineData(50, 1, false)]
    [InlineData(0, 3, false)]
    [InlineData(0, 4, true)]
    [InlineData(100, 0, true)]
    [InlineData(null, 0, true)]
    public async Task Publish_FeaturesAreGone_RejectedBeyondTheSetShare(int? maxPercent, int left, bool isServed)
    {
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Documents = new DocumentOptions { MaxFeaturesLostPercent = maxPercent } }, Documents.Small("env").ToJsonString());
        var environment = proxy.Registry.Environments[0];
        var before = environment.Current;
        var document = Documents.Small("env");
        document["name"] = "Lean";
        var states = document["feature_states"]!.AsArray();
        while (states.Count > left)
        {
            states.RemoveAt(states.Count - 1);
        }

        var publishing = proxy.Publisher.PublishAsync(environment, Bytes(document), CancellationToken.None);

        if (isServed)
        {
            Assert.Equal(PublishOutcome.Published, await publishing);
            Assert.Equal(left, environment.Current!.Snapshot.FeatureCount);
        }
        else
        {
            var exception = await Assert.ThrowsAsync<EnvironmentDocumentException>(() => publishing);
            Assert.Contains($"lacks {4 - left} of the 4 features", exception.Message, StringComparison.Ordinal);
            Assert.Same(before, environment.Current);
        }
    }

    [Fact]
    public async Task Publish_OlderThanTheOneBefore_ServedWithAWarning()
    {
        await using var proxy = await ServeAsync();
        var document = Documents.Small("env");
        document["updated_at"] = "2025-01-01T00:00:00Z";
        document["name"] = "Older";

        await proxy.Publisher.PublishAsync(proxy.Registry.Environments[0], Bytes(document), CancellationToken.None);

        Assert.Equal("Older", proxy.Registry.Environments[0].Current!.Snapshot.Name);
        Assert.Contains(proxy.Log.Entries, static entry => entry.EventId == EventIds.EnvironmentOlderDocument);
    }

    [Theory]
    [InlineData(-1_000_000_000, false)]
    [InlineData(1_000_000_000, true)]
    public void Admit_MemoryLimit_RejectedOnlyIfTheDocumentCannotFit(long available, bool isAdmitted)
    {
        var limit = new MemoryLimit(GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes + available, "the limit of the test");
        var admission = new DocumentAdmission(new DocumentOptions(), limit, TimeProvider.System, NullLogger<DocumentAdmission>.Instance);
        var document = Bytes(Documents.Small("env"));

        if (isAdmitted)
        {
            Assert.Equal(PublishOutcome.Published, admission.Admit(document, current: null).Outcome);
            return;
        }

        var exception = Assert.Throws<EnvironmentDocumentException>(() => admission.Admit(document, current: null));
        Assert.Matches(@"needs at least \d+ MB to be compiled, but only \d+ MB are left of the -?\d+ MB that the process may use \(the limit of the test\)", exception.Message);
    }

    [Fact]
    public async Task Publish_MemoryRunsOut_RejectedWithTheNameOfTheLimitAndTheCurrentOneGoesOn()
    {
        await using var proxy = await ServeAsync();
        var environment = proxy.Registry.Environments[0];
        var before = environment.Current!;
        var runsOut = true;
        var admission = new DocumentAdmission(new DocumentOptions(), new MemoryLimit(long.MaxValue, "the limit of the test"), TimeProvider.System, NullLogger<DocumentAdmission>.Instance)
        {
            // No array is that long: the runtime reports it like any other lack of memory.
            Compile = (json, details) =>
            {
                GC.KeepAlive(runsOut ? new byte[int.MaxValue] : null);
                return EnvironmentCompiler.Compile(json, details);
            },
        };
        var publisher = new EnvironmentPublisher(
            proxy.Services.GetRequiredService<CompilationQueue>(), admission, TimeProvider.System, NullLogger<EnvironmentPublisher>.Instance);
        var document = Documents.Small("env");
        document["name"] = "Larger";

        var exception = await Assert.ThrowsAsync<EnvironmentDocumentException>(() => publisher.PublishAsync(environment, Bytes(document), CancellationToken.None));

        Assert.IsType<OutOfMemoryException>(exception.InnerException);
        Assert.Matches(@"needs more memory than is left of the \d+ MB that the process may use \(the limit of the test\)", exception.Message);
        Assert.Same(before, environment.Current);
        Assert.Contains("\"blue\"", await proxy.GetAsync("/api/v1/flags/", "env"), StringComparison.Ordinal);

        runsOut = false;
        Assert.Equal(PublishOutcome.Published, await publisher.PublishAsync(environment, Bytes(document), CancellationToken.None));
    }

    [Fact]
    public async Task Publish_ADefectWhileCompiling_TheEntryNamesTheEnvironment()
    {
        await using var proxy = await ServeAsync();
        var (environment, log) = (proxy.Registry.Environments[0], new LogCollector());
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(log));
        var admission = new DocumentAdmission(new DocumentOptions(), new MemoryLimit(long.MaxValue, "the limit of the test"), TimeProvider.System, factory.CreateLogger<DocumentAdmission>())
        {
            Compile = static (_, _) => throw new InvalidOperationException("defect of the test"),
        };
        var publisher = new EnvironmentPublisher(
            proxy.Services.GetRequiredService<CompilationQueue>(), admission, TimeProvider.System, NullLogger<EnvironmentPublisher>.Instance);
        var document = Documents.Small("env");
        document["name"] = "Renamed";

        await Assert.ThrowsAsync<EnvironmentDocumentException>(() => publisher.PublishAsync(environment, Bytes(document), CancellationToken.None));

        var entry = Assert.Single(log.Entries);
        Assert.Equal((EventIds.AdmissionFailed, LogLevel.Error), (entry.EventId, entry.Level));
        Assert.StartsWith($"Environment {EnvironmentLabel.Of(environment)}: its new document could not be compiled", entry.Message, StringComparison.Ordinal);
        Assert.Equal("defect of the test", entry.Exception?.Message);
    }

    private static Task<TestProxy> ServeAsync() => TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

    private static byte[] Bytes(JsonObject document) => Encoding.UTF8.GetBytes(document.ToJsonString());
}
