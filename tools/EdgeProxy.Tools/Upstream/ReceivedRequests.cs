using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace EdgeProxy.Tools.Upstream;

/// <summary>The requests that the stand-in received, as <c>GET /control</c> shows them.</summary>
internal sealed class ReceivedRequests
{
    private readonly ConcurrentQueue<(string Kind, JsonObject Request)> _requests = [];

    /// <summary>Notes a fetch of a document.</summary>
    public void AddFetch(string key, int status) => _requests.Enqueue(("fetches", new JsonObject { ["key"] = key, ["status"] = status }));

    /// <summary>Notes something that was sent.</summary>
    public void Add(string kind, HttpRequest request, JsonNode? body) => _requests.Enqueue((kind, new JsonObject
    {
        ["path"] = request.Path.Value,
        ["key"] = request.Headers["X-Environment-Key"].FirstOrDefault(),
        ["proxy_key"] = request.Headers["X-Proxy-Key"].FirstOrDefault(),
        ["idempotency_key"] = request.Headers["Idempotency-Key"].FirstOrDefault(),
        ["body"] = body,
    }));

    /// <summary>All of them, by kind.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var kind in (string[])["fetches", "analytics", "usage", "identities"])
        {
            json[kind] = new JsonArray([.. _requests.Where(entry => entry.Kind == kind).Select(static entry => entry.Request.DeepClone())]);
        }

        return json;
    }
}
