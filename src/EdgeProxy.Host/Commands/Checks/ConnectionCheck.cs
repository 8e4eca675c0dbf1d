using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks the way to the API step by step: name, connection, TLS; and compares the clocks.</summary>
internal sealed class ConnectionCheck
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    private readonly CheckContext _context;
    private readonly CheckReport _report;
    private readonly Uri _url;
    private readonly Uri _target;
    private readonly string _setting;
    private readonly string? _advice;
    private (string Issuer, DateTimeOffset End)? _certificate;

    private ConnectionCheck(CheckContext context, CheckReport report, (Uri Address, string Variable)? proxy)
    {
        _context = context;
        _report = report;
        _url = context.Options.Upstream.ApiUrl;
        _target = proxy?.Address ?? _url;
        _setting = proxy?.Variable ?? "api_url";
        _advice = proxy is null ? null : ForwardProxyCheck.AdviceFor(_url);
    }

    /// <summary>Runs the checks, up to the first that fails.</summary>
    /// <returns>False if there is no way to the API.</returns>
    public static async Task<bool> RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        var check = new ConnectionCheck(context, report, ForwardProxyCheck.Run(context, report));
        return await check.ResolveAsync(cancellationToken) is { } addresses
            && await check.ConnectAsync(addresses, cancellationToken)
            && await check.RequestAsync(cancellationToken);
    }

    private async Task<IPAddress[]?> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(_target.Host.Trim('[', ']'), out var address))
        {
            return [address];
        }

        using var limit = Limit(cancellationToken);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(_target.DnsSafeHost, limit.Token);
            _report.Ok("DNS", $"{_target.Host} is {string.Join(", ", addresses.Select(static address => address.ToString()))}");
            return addresses;
        }
        catch (SocketException exception)
        {
            Fail("DNS", HttpRequestError.NameResolutionError, exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail("DNS", HttpRequestError.NameResolutionError, new SocketException((int)SocketError.TryAgain));
        }

        return null;
    }

    private async Task<bool> ConnectAsync(IPAddress[] addresses, CancellationToken cancellationToken)
    {
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            using var limit = Limit(cancellationToken);
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(address, _target.Port, limit.Token);
                _report.Ok("TCP", $"{UpstreamUrl.Endpoint(_target)} accepts connections");
                return true;
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failure = new SocketException((int)SocketError.TimedOut);
            }
        }

        Fail("TCP", HttpRequestError.ConnectionError, failure ?? new SocketException((int)SocketError.HostNotFound));
        return false;
    }

    /// <summary>Requests the API without a key. Any answer is good enough: the keys are checked after it.</summary>
    private async Task<bool> RequestAsync(CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        using var client = UpstreamClient.Create(_context.Options.Upstream, _context.Variable, Note);
        try
        {
            using var response = await client.GetAsync(_url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var now = TimeProvider.System.GetUtcNow();
            if (response.StatusCode == HttpStatusCode.BadRequest && await SpeaksTlsAsync(cancellationToken))
            {
                return false;
            }

            ReportCertificate(now);
            ReportClock(ApiClock.SkewOf(response, now));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ReportCertificate(TimeProvider.System.GetUtcNow()); // that nothing answers, each key will say
        }
        catch (HttpRequestException exception)
        {
            if (!await SpeaksTlsAsync(cancellationToken))
            {
                var check = exception.HttpRequestError switch
                {
                    HttpRequestError.SecureConnectionError => "TLS",
                    HttpRequestError.ProxyTunnelError => ForwardProxyCheck.Name,
                    _ => "HTTP",
                };
                _report.Failure(check, ConnectionFailure.Of(exception, _url).Message, _advice);
            }

            return false;
        }

        return true;
    }

    private bool Note(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _certificate = certificate is X509Certificate2 seen ? (seen.Issuer, new DateTimeOffset(seen.NotAfter)) : null;
        return ServerCertificateCheck.Validate(sender, certificate, chain, errors);
    }

    private void ReportCertificate(DateTimeOffset now)
    {
        if (_certificate is not { } certificate)
        {
            return;
        }

        var text = $"the certificate of {_url.Host} is signed by \"{certificate.Issuer}\" and expires at {certificate.End.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}";
        if (certificate.End - now < ExpiresSoon)
        {
            _report.Warning("TLS", text, "Renew it where the API runs");
        }
        else
        {
            _report.Ok("TLS", text);
        }
    }

    private void ReportClock(TimeSpan? skew)
    {
        if (skew is not { } difference)
        {
            _report.Skipped("clock", "the answer of the API has no Date to compare with");
        }
        else if (difference.Duration() > ApiClock.MaxSkew)
        {
            _report.Warning("clock", $"the clock of this machine {ApiClock.Describe(difference)}", ApiClock.Advice);
        }
        else
        {
            _report.Ok("clock", $"it differs from that of the API by {ShortTime.Of(difference.Duration())}");
        }
    }

    /// <summary>Determines whether a port that is spoken to without TLS expects it, and reports that.</summary>
    private async Task<bool> SpeaksTlsAsync(CancellationToken cancellationToken)
    {
        if (_url.Scheme != Uri.UriSchemeHttp || _target != _url)
        {
            return false;
        }

        using var limit = Limit(cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_url.DnsSafeHost, _url.Port, limit.Token);

            // Whose certificate it is does not matter: nothing is sent.
            await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, static (_, certificate, _, _) => certificate is not null);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _url.DnsSafeHost }, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            return false;
        }

        _report.Failure("TLS", $"{UpstreamUrl.Endpoint(_url)} speaks TLS, but api_url begins with http://", "Let api_url begin with https://");
        return true;
    }

    private void Fail(string check, HttpRequestError error, SocketException cause) => _report.Failure(
        check, ConnectionFailure.Of(new HttpRequestException(error, $"({UpstreamUrl.Endpoint(_target)})", cause), _target, _setting).Message, _advice);

    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_context.Options.Upstream.ApiPollTimeout);
        return limit;
    }
}
