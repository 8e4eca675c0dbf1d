using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Tests.Logging;

/// <summary>The members of entries for machines.</summary>
public sealed partial class JsonLogFormatterTests
{
    [Fact]
    public void Write_ValuesWithMembers_MembersBesidesTheMessage()
    {
        var line = Format(logger => Log.Everything(
            logger, EnvironmentLabel.Of(new EnvironmentState("a-client-side-key", "ser.a", EnvironmentKind.Configured)),
            "https://api.example/x", 503, "no answer", new LogDuration(TimeSpan.FromSeconds(1.25)), "other"));

        Assert.Equal("Environment a-client…: https://api.example/x 503 no answer 1.3 s other", (string?)line["event"]);
        Assert.Equal("a-client…", (string?)line["key"]);
        Assert.Equal("https://api.example/x", (string?)line["url"]);
        Assert.Equal(503, (int?)line["status"]);
        Assert.Equal("no answer", (string?)line["cause"]);
        Assert.Equal(1250, (double?)line["duration_ms"]);
        Assert.Null(line["trace_id"]);
        Assert.Equal(["timestamp", "level", "logger", "event_id", "event", "key", "url", "status", "cause", "duration_ms"], line.AsObject().Select(static member => member.Key));
    }

    [Fact]
    public void Write_AccessOfAnEnvironment_ItsMaskedKeyAndTheRevision()
    {
        var entry = new AccessLogEntry(null, "GET", "/api/v1/flags/", 200, TimeSpan.Zero)
        {
            Environment = EnvironmentLabel.Of(new EnvironmentState("a-client-side-key", "ser.a", EnvironmentKind.Configured), "5f2e"),
        };

        var line = Format(logger => logger.Log(LogLevel.Information, new EventId(3), entry, exception: null, static (request, _) => request.ToString()));

        Assert.Equal("a-client…", (string?)line["key"]);
        Assert.Equal("5f2e", (string?)line["revision"]);
    }

    [Fact]
    public void Write_WithinASpan_ItsTraceAndItself()
    {
        using var span = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        var line = Format(static logger => Log.Plain(logger));

        Assert.Equal(span.TraceId.ToHexString(), (string?)line["trace_id"]);
        Assert.Equal(span.SpanId.ToHexString(), (string?)line["span_id"]);
    }

    [Fact]
    public void Write_AccessOfATracedRequest_ItsTraceAndItsSpan()
    {
        var entry = new AccessLogEntry(null, "GET", "/api/v1/flags/", 200, TimeSpan.FromMilliseconds(1.5)) { TraceId = "0af7651916cd43dd8448eb211c80319c", SpanId = "b7ad6b7169203331" };

        var line = Format(logger => logger.Log(LogLevel.Information, new EventId(3), entry, exception: null, static (request, _) => request.ToString()));

        Assert.Equal(1.5, (double?)line["duration_ms"]);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", (string?)line["trace_id"]);
        Assert.Equal("b7ad6b7169203331", (string?)line["span_id"]);
    }

    private static JsonNode Format(Action<ILogger> log)
    {
        var collector = new FormattingLogger();
        log(collector);
        return JsonNode.Parse(collector.Line)!;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Environment {Environment}: {Url} {Status} {Cause} {Duration} {Other}")]
        public static partial void Everything(ILogger logger, EnvironmentLabel environment, string url, int status, string cause, LogDuration duration, string other);

        [LoggerMessage(2, LogLevel.Warning, "Plain")]
        public static partial void Plain(ILogger logger);
    }

    private sealed class FormattingLogger : ILogger
    {
        private readonly JsonLogFormatter _formatter = new("event", new ManualTimeProvider());

        public string Line { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var text = new StringWriter();
            _formatter.Write(new LogEntry<TState>(logLevel, "Test", eventId, state, exception, formatter!), scopeProvider: null, text);
            Line = text.ToString();
        }
    }
}
