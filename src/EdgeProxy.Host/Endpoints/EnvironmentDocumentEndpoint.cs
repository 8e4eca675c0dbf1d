using System.Globalization;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET /api/v1/environment-document/</c>: the document as the upstream sent it, with conditional requests, so that SDKs
/// in local evaluation mode and other proxies can use this proxy as their upstream.
/// </summary>
internal sealed class EnvironmentDocumentEndpoint : EnvironmentEndpoint, IEndpointDefinition
{
    // docs/spec/sdk-api.md 6.2: dates are whole seconds, which cannot tell two changes of one second apart: only a document that was served before and
    // after the second that a client names is the one that the client has.
    private static readonly TimeSpan ServedLongEnough = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("environment-document", "/api/v1/environment-document/", EndpointSurface.Sdk)
    {
        Usage = UsageResource.EnvironmentDocument,
        IsTraced = true,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience)
    {
        // Contains every rule of every segment: not for clients.
        if (audience == FlagAudience.Client)
        {
            return SdkErrors.ServerKeyRequired(exchange);
        }

        var document = environment.Document;
        var response = exchange.ResponseHeaders;
        response.LastModified = document.LastModifiedHeader;
        if (IsNotModified(exchange.RequestHeaders, document))
        {
            // Nothing is compressed for an answer without a body.
            response.ETag = document.QuotedTag(ResponseWriter.Negotiate(exchange, document.Body));
            exchange.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var content = ResponseWriter.Select(exchange, document.Body, out var coding);
        response.ETag = document.QuotedTag(coding);
        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, content);
    }

    /// <summary>Compares by entity tag if the client sent one, else by date (RFC 9110, section 13.2.2).</summary>
    private static bool IsNotModified(IHeaderDictionary request, PublishedDocument document)
    {
        if (request.IfNoneMatch.Count > 0)
        {
            return Matches(request.IfNoneMatch.ToString(), document);
        }

        return request.IfModifiedSince.Count > 0
            && DateTimeOffset.TryParseExact(
                request.IfModifiedSince.ToString(), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            && document.LastModified <= since
            && since - document.ServedSince >= ServedLongEnough;
    }

    /// <summary>Ignores the coding: the document is the same.</summary>
    private static bool Matches(string header, PublishedDocument document)
    {
        foreach (var range in header.AsSpan().Split(','))
        {
            var tag = header.AsSpan()[range].Trim();
            if (tag is "*")
            {
                return true;
            }

            if (tag.StartsWith("W/", StringComparison.Ordinal))
            {
                tag = tag[2..];
            }

            if (document.IsTag(tag.Trim('"')))
            {
                return true;
            }
        }

        return false;
    }
}
