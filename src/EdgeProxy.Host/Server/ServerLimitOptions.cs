using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Server;

/// <summary>Limits of connections and of the heads of requests.</summary>
internal sealed record ServerLimitOptions
{
    private const int MaxBufferedBytes = 1024 * 1024;

    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<ServerLimitOptions> Settings = new(
        new TypedSetting<ServerLimitOptions, int>(
            "limits.max_request_line_bytes", new IntegerForm(256, MaxBufferedBytes), static o => o.MaxRequestLineBytes, static (o, v) => o with { MaxRequestLineBytes = v })
        {
            Unit = "bytes",
            Meaning = "the longest request line; longer ones get 414",
        },
        new TypedSetting<ServerLimitOptions, int>(
            "limits.max_header_bytes", new IntegerForm(256, MaxBufferedBytes), static o => o.MaxHeaderBytes, static (o, v) => o with { MaxHeaderBytes = v })
        {
            Unit = "bytes",
            Meaning = "the headers of a request, all together; more get 431",
        },
        new TypedSetting<ServerLimitOptions, int>("limits.max_headers", new IntegerForm(1, 10_000), static o => o.MaxHeaders, static (o, v) => o with { MaxHeaders = v })
        {
            Meaning = "the largest number of headers of a request; more get 431",
        },
        new TypedSetting<ServerLimitOptions, TimeSpan>(
            "limits.headers_timeout_seconds", new SecondsForm(), static o => o.HeadersTimeout, static (o, v) => o with { HeadersTimeout = v })
        {
            Unit = "seconds",
            Meaning = "how long the headers of a request may take to arrive; then the answer is 408",
        },
        new TypedSetting<ServerLimitOptions, int>(
            "limits.min_bytes_per_second", new IntegerForm(0, MaxBufferedBytes), static o => o.MinBytesPerSecond, static (o, v) => o with { MinBytesPerSecond = v })
        {
            Unit = "bytes per second",
            Meaning = "the lowest rate at which a client may send a body or receive an answer; after 5 seconds below it the connection is closed, a sender's with 408; 0: no limit",
        },
        new TypedSetting<ServerLimitOptions, int>(
            "limits.max_connections", new IntegerForm(1, 10_000_000), static o => o.MaxConnections, static (o, v) => o with { MaxConnections = v })
        {
            Meaning = "the largest number of open connections; further ones are closed at once. Lowered at the start, with a warning, to what the process's limit of open files allows",
        },
        new TypedSetting<ServerLimitOptions, TimeSpan>(
            "limits.first_byte_timeout_seconds", new SecondsForm(), static o => o.FirstByteTimeout, static (o, v) => o with { FirstByteTimeout = v })
        {
            Unit = "seconds",
            Meaning = "how long a new connection may take to send its first byte; then it is closed",
        },
        new TypedSetting<ServerLimitOptions, int>(
            "limits.max_http2_streams", new IntegerForm(1, 10_000), static o => o.MaxHttp2Streams, static (o, v) => o with { MaxHttp2Streams = v })
        {
            Meaning = "the largest number of requests under way on one HTTP/2 connection; further ones are refused",
        },
        new TypedSetting<ServerLimitOptions, int>(
            "limits.max_http2_resets_per_second", new IntegerForm(1, 1_000_000), static o => o.MaxHttp2ResetsPerSecond, static (o, v) => o with { MaxHttp2ResetsPerSecond = v })
        {
            Meaning = "the number of requests that a client may cancel each second on one HTTP/2 connection, twice as many in a burst; a client that cancels more is disconnected",
        });

    /// <summary>The maximum length of the request line, in bytes. Default 32 KiB.</summary>
    public int MaxRequestLineBytes { get; init; } = 32 * 1024;

    /// <summary>The maximum size of a request's headers together, in bytes. Default 32 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>The maximum number of headers of a request. Default 100.</summary>
    public int MaxHeaders { get; init; } = 100;

    /// <summary>The maximum time for the headers of a request. Default 15 s; greater than 0.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The minimum rate, in bytes a second, at which a client must send a body or receive an answer; 0 for no limit.
    /// Default 240, as Kestrel has it.
    /// </summary>
    public int MinBytesPerSecond { get; init; } = 240;

    /// <summary>The maximum number of open connections. Default 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>The time until the first byte on a connection. Default 30 s; greater than 0.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of concurrent streams of an HTTP/2 connection. Default 100, as in Kestrel.</summary>
    public int MaxHttp2Streams { get; init; } = 100;

    /// <summary>The stream resets allowed per second on an HTTP/2 connection; twice as many in a burst. Default 100.</summary>
    public int MaxHttp2ResetsPerSecond { get; init; } = 100;
}
