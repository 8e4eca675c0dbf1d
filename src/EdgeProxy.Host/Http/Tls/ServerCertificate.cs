using System.Net.Security;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Http.Tls;

/// <summary>
/// The certificate that new connections get. Its files are looked at once a second; a new pair counts from the next
/// connection on, and one that cannot be used is not.
/// </summary>
internal sealed partial class ServerCertificate : BackgroundService
{
    private readonly TlsOptions _options;
    private readonly bool _http2;
    private readonly TimeProvider _time;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly (FileStamp Certificate, FileStamp Key) _firstStamps;
    private volatile SslServerAuthenticationOptions _current;

    /// <exception cref="CertificateException">The files cannot be used.</exception>
    public ServerCertificate(TlsOptions options, bool http2, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        _options = options;
        _http2 = http2;
        _time = time;
        _logger = logger;
        _firstStamps = Stamps(); // before the content: a change in between is seen at the next look
        _current = Prepare(CertificateReader.Read(options));
    }

    /// <summary>What the next connection is to be opened with.</summary>
    public SslServerAuthenticationOptions Current => _current;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tried = _firstStamps;
        using var timer = new PeriodicTimer(OfflineService.Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = Stamps();
            if (now != tried)
            {
                // Of two files that are replaced one after the other, the first alone does not fit; the second brings it right.
                tried = now;
                TryReload();
            }
        }
    }

    private void TryReload()
    {
        try
        {
            var context = CertificateReader.Read(_options);
            _current = Prepare(context);
            Log.Reloaded(_logger, context.TargetCertificate.Thumbprint, context.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (CertificateException exception)
        {
            Log.ReloadFailed(_logger, exception.Message);
        }
        catch (Exception exception)
        {
            // Everything: whatever files make go wrong, they must still be followed.
            Log.ReloadFailed(_logger, exception.GetType().Name);
        }
    }

    private (FileStamp Certificate, FileStamp Key) Stamps() => (FileStamp.Of(_options.CertificateFile), FileStamp.Of(_options.KeyFile));

    private SslServerAuthenticationOptions Prepare(SslStreamCertificateContext context) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = _options.Protocols,
        ApplicationProtocols = _http2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11],
    };

    private static partial class Log
    {
        [LoggerMessage(EventIds.CertificateReloaded, LogLevel.Information, "The certificate was replaced: {Thumbprint}, valid until {Until:u}")]
        public static partial void Reloaded(ILogger logger, string thumbprint, DateTime until);

        [LoggerMessage(EventIds.CertificateRejected, LogLevel.Error, "The new certificate cannot be used: {Reason}. The one before it stays")]
        public static partial void ReloadFailed(ILogger logger, string reason);
    }
}
