using System.Net.Security;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Http.Tls;

/// <summary>
/// The certificate of the listeners. Its files are checked once a second; a new pair is used from the next connection on,
/// and an invalid one is not. A certificate outside its validity period is used all the same, as clients decide whether
/// they check it; that is logged once.
/// </summary>
internal sealed partial class ServerCertificate : BackgroundService
{
    private readonly TlsOptions _options;
    private readonly bool _http2;
    private readonly TimeProvider _time;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly FileStamp[] _firstStamps;
    private volatile SslServerAuthenticationOptions _current;
    private volatile CertificateDates _dates;
    private CertificateState _loggedState = CertificateState.Valid;

    /// <exception cref="CertificateException">The files cannot be used.</exception>
    public ServerCertificate(TlsOptions options, bool http2, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        _options = options;
        _http2 = http2;
        _time = time;
        _logger = logger;
        _firstStamps = [.. Paths().Select(FileStamp.Of)]; // before the content: a change in between is noticed at the next check
        var context = CertificateReader.Read(options);
        _current = Prepare(context);
        _dates = CertificateDates.Of(context.TargetCertificate);
    }

    /// <summary>The certificate for the next connection.</summary>
    public SslServerAuthenticationOptions Current => _current;

    /// <summary>The time from which clients reject it.</summary>
    public DateTimeOffset ValidUntil => _dates.Until;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ReportValidity();
        var watch = new FileWatch(Paths(), _time, _firstStamps) { Tick = ReportValidity }; // validity changes without a reload, too
        return watch.FollowAsync(
            () => CertificateReader.Read(_options),
            (change, _) =>
            {
                // If both files are replaced one after the other, the first alone does not match; the second completes the pair.
                Reload(change);
                return Task.FromResult(true);
            },
            stoppingToken);
    }

    private void Reload(FileChange<SslStreamCertificateContext> change)
    {
        if (change.Content is { } context)
        {
            _current = Prepare(context);
            _dates = CertificateDates.Of(context.TargetCertificate);
            _loggedState = CertificateState.Valid; // nothing was logged about this one yet
            Log.Reloaded(_logger, context.TargetCertificate.Thumbprint, _dates.Until);
            ReportValidity();
        }
        else
        {
            Log.ReloadFailed(_logger, change.Failure!);
        }
    }

    private void ReportValidity()
    {
        var state = _dates.StateAt(_time.GetUtcNow());
        if (state == _loggedState)
        {
            return;
        }

        _loggedState = state;
        switch (state)
        {
            case CertificateState.NotYetValid:
                Log.NotYetValid(_logger, _options.CertificatePath, _dates.From);
                break;
            case CertificateState.ExpiresSoon:
                Log.ExpiresSoon(_logger, _options.CertificatePath, _dates.Until);
                break;
            case CertificateState.Expired:
                Log.Expired(_logger, _options.CertificatePath, _dates.Until);
                break;
        }
    }

    private string[] Paths() => [_options.CertificatePath, _options.KeyPath];

    private SslServerAuthenticationOptions Prepare(SslStreamCertificateContext context) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = _options.Protocols,
        ApplicationProtocols = _http2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11],
    };

    private static partial class Log
    {
        [LoggerMessage(EventIds.CertificateReloaded, LogLevel.Information, "The certificate was replaced: {Thumbprint}, valid until {Until:u}")]
        public static partial void Reloaded(ILogger logger, string thumbprint, DateTimeOffset until);

        [LoggerMessage(EventIds.CertificateRejected, LogLevel.Error, "The new certificate cannot be used: {Reason}. The previous certificate stays in use")]
        public static partial void ReloadFailed(ILogger logger, string reason);

        [LoggerMessage(EventIds.CertificateNotYetValid, LogLevel.Warning,
            "The certificate in {File} is not valid before {From:u}; clients reject it until then")]
        public static partial void NotYetValid(ILogger logger, string file, DateTimeOffset from);

        [LoggerMessage(EventIds.CertificateExpiresSoon, LogLevel.Warning,
            "The certificate in {File} expires at {Until:u}; replace the file before then; no restart is needed")]
        public static partial void ExpiresSoon(ILogger logger, string file, DateTimeOffset until);

        [LoggerMessage(EventIds.CertificateExpired, LogLevel.Warning,
            "The certificate in {File} expired at {Until:u}; clients reject it. Replace the file; no restart is needed")]
        public static partial void Expired(ILogger logger, string file, DateTimeOffset until);
    }
}
