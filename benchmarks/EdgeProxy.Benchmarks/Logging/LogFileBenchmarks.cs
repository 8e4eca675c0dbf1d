using BenchmarkDotNet.Attributes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Logging.Files;
using NLog;
using NLog.Config;
using NLog.Targets;
using NLog.Targets.Wrappers;

namespace EdgeProxy.Benchmarks.Logging;

/// <summary>
/// 1,000 lines into a log file, from opening to closing it: our own provider, and NLog with the same behaviour, which is a queue
/// that loses lines if it is full, and a file that is opened for each batch. Slow: most of it happens on other threads.
/// </summary>
[BenchmarkCategory(Categories.Slow)]
public class LogFileBenchmarks
{
    private const int Lines = 1000;
    private const int MaxQueued = 2500;
    private const string Category = "EdgeProxy";

    private readonly string _directory = Directory.CreateTempSubdirectory("edge-proxy-log-").FullName;

    /// <summary>Removes the files.</summary>
    [GlobalCleanup]
    public void RemoveFiles() => Directory.Delete(_directory, recursive: true);

    /// <summary>Our own.</summary>
    [Benchmark(Baseline = true)]
    public long Own()
    {
        var path = NewFile("own.log");
        var options = new LogFileOptions(path, Microsoft.Extensions.Logging.LogLevel.Information, IsJson: false, IncludesLog: true, IncludesAccessLog: true);
        using (var provider = new FileLogProvider(options, "message", TimeProvider.System))
        {
            var logger = provider.CreateLogger(Category);
            for (var i = 0; i < Lines; i++)
            {
                logger.Log(Microsoft.Extensions.Logging.LogLevel.Information, default, i, exception: null, static (number, _) => $"Request {number} was answered with 200");
            }
        }

        return LengthOf(path);
    }

    /// <summary>NLog.</summary>
    [Benchmark]
    public long Library()
    {
        var path = NewFile("library.log");
        using (var file = new FileTarget { FileName = path, KeepFileOpen = false, Layout = "${longdate} ${level:uppercase=true} ${logger}[0] ${message}" })
        using (var queue = new AsyncTargetWrapper(file, MaxQueued, AsyncTargetWrapperOverflowAction.Discard))
        using (var factory = new LogFactory())
        {
            var configuration = new LoggingConfiguration();
            configuration.AddRuleForAllLevels(queue);
            factory.Configuration = configuration;
            var logger = factory.GetLogger(Category);
            for (var i = 0; i < Lines; i++)
            {
                logger.Info($"Request {i} was answered with 200");
            }

            factory.Flush(TimeSpan.FromSeconds(10));
            factory.Shutdown();
        }

        return LengthOf(path);
    }

    private string NewFile(string name)
    {
        var path = Path.Combine(_directory, name);
        File.Delete(path);
        return path;
    }

    private static long LengthOf(string path)
    {
        var length = new FileInfo(path).Length;
        return length >= Lines * Category.Length ? length : throw new InvalidOperationException($"{path} lacks lines.");
    }
}
