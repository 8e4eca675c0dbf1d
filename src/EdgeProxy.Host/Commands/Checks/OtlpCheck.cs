using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using EdgeProxy.Host.Operations.Export;
using EdgeProxy.Host.Upstream.Failures;
using EdgeProxy.Host.Upstream.ForwardProxy;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Exports nothing to each collector that metrics or traces go to: an empty export is a valid one.</summary>
internal static class OtlpCheck
{
    private const string Name = "OTLP";
    private const string Grpc = "application/grpc";
    private const string Protobuf = "application/x-protobuf";
    private const string GrpcStatus = "grpc-status";
    private const string Advice = "Metrics and traces are lost until it takes them; requests are answered as before";

    // Not compressed, and no bytes.
    private static readonly byte[] EmptyGrpcMessage = new byte[5];

    private static readonly string[] CertificateVariables = ["OTEL_EXPORTER_OTLP_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"];

    /// <summary>Runs the check.</summary>
    public static async Task RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        foreach (var target in OtlpEndpoint.Targets(context.Variable, OtlpVariables.Read(context.Variable)))
        {
            if (target.Url is not { } url)
            {
                report.Warning(Name, $"{target.Signal}: {target.Variable} is no address", $"Set it to an address such as http://collector.example:4318. {Advice}");
                continue;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(context.Options.Upstream.ApiPollTimeout);
            var address = $"{target.Signal}: {UpstreamUrl.Show(url)}";
            var certificate = url.Scheme == Uri.UriSchemeHttps ? CertificateVariables.FirstOrDefault(variable => !string.IsNullOrWhiteSpace(context.Variable(variable))) : null;
            try
            {
                var problem = certificate is null ? await ExportAsync(target, url, context.Variable, limit.Token) : await ConnectAsync(target, url, limit.Token);
                if (problem is not null)
                {
                    report.Warning(Name, $"{address}: {problem}", Advice);
                }
                else
                {
                    report.Ok(Name, certificate is null ? $"{address} accepts exports" : $"{address} accepts connections; its certificate was not checked, since {certificate} is set");
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                report.Warning(Name, $"{address}: no answer within {context.Options.Upstream.ApiPollTimeout.TotalSeconds} s", Advice);
            }
        }
    }

    /// <summary>Sends an empty export; returns the problem, null if there is none.</summary>
    private static async Task<string?> ExportAsync(OtlpTarget target, Uri url, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var proxy = EnvironmentProxy.Read(variable); // the exporter goes through forward proxies, too
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = proxy, UseProxy = proxy is not null };
        handler.SslOptions.RemoteCertificateValidationCallback = ServerCertificateCheck.Validate;
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = RequestOf(target, url);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return target.IsGrpc ? GrpcProblemOf(response) : HttpProblemOf(response.StatusCode);
        }
        catch (HttpRequestException exception) when (target.IsGrpc && !IsOfConnection(exception))
        {
            return "it does not speak gRPC (should OTEL_EXPORTER_OTLP_PROTOCOL be http/protobuf, or the port that of gRPC, usually 4317?)";
        }
        catch (HttpRequestException exception)
        {
            return ConnectionFailure.Of(exception, url, target.Variable).Message;
        }
    }

    private static HttpRequestMessage RequestOf(OtlpTarget target, Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(target.IsGrpc ? EmptyGrpcMessage : [])
            {
                Headers = { ContentType = new MediaTypeHeaderValue(target.IsGrpc ? Grpc : Protobuf) },
            },
        };
        foreach (var (name, value) in target.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (target.IsGrpc)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        }

        return request;
    }

    private static string? HttpProblemOf(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => null,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"returned HTTP {(int)status}: it does not accept the headers of OTEL_EXPORTER_OTLP_HEADERS, or needs some",
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => $"returned HTTP {(int)status}: no collector of this protocol answers there",
        _ => $"returned HTTP {(int)status}",
    };

    private static string? GrpcProblemOf(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType?.StartsWith(Grpc, StringComparison.Ordinal) != true)
        {
            return HttpProblemOf(response.StatusCode) ?? "its answer is not gRPC";
        }

        // An error without a message has its status in the headers.
        var status = response.TrailingHeaders.Concat(response.Headers).FirstOrDefault(static header => header.Key.Equals(GrpcStatus, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        return status switch
        {
            null or "0" => null,
            "7" or "16" => $"returned the gRPC status {status}: it does not accept the headers of OTEL_EXPORTER_OTLP_HEADERS, or needs some",
            "12" => $"returned the gRPC status {status}: it takes no exports of this kind",
            _ => $"returned the gRPC status {status}",
        };
    }

    /// <summary>Determines whether there was no connection, and so nothing is known of the protocol.</summary>
    private static bool IsOfConnection(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError => true,
        HttpRequestError.ConnectionError => exception.InnerException is SocketException { SocketErrorCode: not SocketError.ConnectionReset },
        _ => false,
    };

    /// <summary>Opens a connection; returns the problem, null if there is none.</summary>
    private static async Task<string?> ConnectAsync(OtlpTarget target, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.DnsSafeHost, url.Port, cancellationToken);
            return null;
        }
        catch (SocketException exception)
        {
            return ConnectionFailure.Of(new HttpRequestException(HttpRequestError.ConnectionError, $"({UpstreamUrl.Endpoint(url)})", exception), url, target.Variable).Message;
        }
    }
}
