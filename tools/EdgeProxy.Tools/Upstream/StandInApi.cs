using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EdgeProxy.Tools.Upstream;

/// <summary>A stand-in for the Flagsmith API on the loopback interface.</summary>
internal sealed class StandInApi : IAsyncDisposable
{
    /// <summary>The proxy key that it takes.</summary>
    public const string ProxyKey = "pk.test";

    private readonly WebApplication _application;
    private readonly Dictionary<string, StandInEnvironment> _environments;
    private readonly ReceivedRequests _received = new();
    private readonly StandInControl _control;

    private StandInApi(WebApplication application, IEnumerable<StandInDocument> documents)
    {
        _application = application;
        _environments = documents.ToDictionary(static document => document.ClientKey, static document => new StandInEnvironment(document), StringComparer.Ordinal);
        _control = new StandInControl(_environments);
    }

    /// <summary>The address of its root.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The environments.</summary>
    public IReadOnlyCollection<StandInEnvironment> Environments => _environments.Values;

    /// <summary>Starts it.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="documents">The environments to serve.</param>
    public static async Task<StandInApi> StartAsync(int port, IEnumerable<StandInDocument> documents)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var api = new StandInApi(builder.Build(), documents);
        api._application.Run(api.AnswerAsync);
        await api._application.StartAsync();
        return api;
    }

    /// <summary>Waits until a signal stops the process.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var isPost = HttpMethods.IsPost(context.Request.Method);
        var path = context.Request.Path.Value!.TrimEnd('/');
        if (path == "/control")
        {
            await ControlAsync(context, isPost);
            return;
        }

        if (await StandInFaults.ApplyAsync(_control.Fault, context))
        {
            return;
        }

        await (isPost ? TakeAsync(context, path) : GiveAsync(context, path));
    }

    private async Task ControlAsync(HttpContext context, bool isPost)
    {
        var problem = isPost ? _control.Apply(await BodyAsync(context.Request)) : null;
        if (problem is not null)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, new JsonObject { ["detail"] = problem });
            return;
        }

        var answer = isPost ? [] : _received.ToJson();
        answer["state"] = _control.ToJson();
        await AnswerAsync(context, StatusCodes.Status200OK, answer);
    }

    private async Task GiveAsync(HttpContext context, string path)
    {
        if (path == "/api/v1/environment-document")
        {
            await GiveDocumentAsync(context);
        }
        else if (path == "/api/v1/proxy/config")
        {
            await (context.Request.Headers["X-Proxy-Key"] == ProxyKey
                ? AnswerAsync(context, StatusCodes.Status200OK, new JsonArray([.. _environments.Values.Select(ProxyConfigOf)]))
                : AnswerAsync(context, StatusCodes.Status403Forbidden, new JsonObject { ["detail"] = "Invalid or missing proxy key" }));
        }
        else if (path.Split('/') is ["", "sse", "environments", var key, "stream"] && _environments.TryGetValue(key, out var environment))
        {
            context.Response.ContentType = "text/event-stream";
            await environment.StreamAsync(context.Response, context.RequestAborted);
        }
        else
        {
            await NotFoundAsync(context);
        }
    }

    private async Task GiveDocumentAsync(HttpContext context)
    {
        var key = context.Request.Headers["X-Environment-Key"].ToString();
        if (!key.StartsWith("ser.", StringComparison.Ordinal) || !_environments.TryGetValue(key[4..], out var environment))
        {
            _received.AddFetch(key, StatusCodes.Status403Forbidden);
            await AnswerAsync(context, StatusCodes.Status403Forbidden, new JsonObject { ["detail"] = "Invalid or missing Environment key" });
            return;
        }

        var document = environment.Document;
        _ = int.TryParse(context.Request.Query["page_id"], out var page);
        var headers = context.Response.Headers;
        headers.ETag = document.EntityTag;
        if (page == 0 && document.IsKnownTo(context.Request))
        {
            _received.AddFetch(key, StatusCodes.Status304NotModified);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        _received.AddFetch(key, StatusCodes.Status200OK);
        if (document.UpdatedAt is { } time)
        {
            headers.LastModified = time.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            headers["X-Flagsmith-Document-Updated-At"] = document.UpdatedAtSeconds;
        }

        if (page < _control.Pages - 1)
        {
            headers.Link = $"<{context.Request.Path}?page_id={page + 1}>; rel=\"next\"";
        }

        var content = _control.Pages == 1 ? document.Content : StandInEnvironment.PageOf(document, page, _control.Pages);
        await StandInBody.WriteAsync(context, content, isTruncated: _control.Fault == StandInFault.Truncate);
    }

    private async Task TakeAsync(HttpContext context, string path)
    {
        var isProxy = context.Request.Headers["X-Proxy-Key"] == ProxyKey;
        (string? Kind, int Status) answer = path switch
        {
            "/api/v1/analytics/flags" => ("analytics", StatusCodes.Status200OK),
            "/api/v2/analytics/flags" => ("analytics", StatusCodes.Status204NoContent),
            "/api/v1/proxy/usage" => ("usage", isProxy ? StatusCodes.Status202Accepted : StatusCodes.Status403Forbidden),
            "/api/v1/identities" => ("identities", StatusCodes.Status200OK),
            _ => (null, StatusCodes.Status404NotFound),
        };
        if (answer.Kind is null)
        {
            await NotFoundAsync(context);
            return;
        }

        _received.Add(answer.Kind, context.Request, await BodyAsync(context.Request));
        context.Response.StatusCode = answer.Status;
        if (answer.Kind == "identities")
        {
            await AnswerAsync(context, answer.Status, new JsonObject { ["flags"] = new JsonArray(), ["traits"] = new JsonArray() });
        }
    }

    private static JsonNode ProxyConfigOf(StandInEnvironment environment, int index) => new JsonObject
    {
        ["id"] = index + 1,
        ["name"] = environment.Document.Name,
        ["client_side_key"] = environment.Document.ClientKey,
        ["server_side_keys"] = new JsonArray(new JsonObject { ["key"] = environment.ServerKey, ["active"] = true, ["expires_at"] = null }),
        ["updated_at"] = environment.Document.UpdatedAt,
        ["project_id"] = 1,
        ["organisation_id"] = 1,
    };

    private static async Task<JsonNode?> BodyAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task NotFoundAsync(HttpContext context) =>
        AnswerAsync(context, StatusCodes.Status404NotFound, new JsonObject { ["detail"] = "Not found." });

    private static Task AnswerAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        return StandInBody.WriteAsync(context, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), isTruncated: false);
    }
}
