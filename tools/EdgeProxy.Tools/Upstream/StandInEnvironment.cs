using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace EdgeProxy.Tools.Upstream;

/// <summary>An environment whose document can be changed while it is served.</summary>
/// <param name="document">The first version.</param>
internal sealed class StandInEnvironment(StandInDocument document)
{
    private readonly Lock _changing = new();
    private readonly ConcurrentDictionary<Channel<string>, bool> _streams = [];
    private volatile StandInDocument _document = document;

    /// <summary>The current version.</summary>
    public StandInDocument Document => _document;

    /// <summary>The server-side key: the client-side key behind <c>ser.</c>.</summary>
    public string ServerKey => $"ser.{_document.ClientKey}";

    /// <summary>Sets <c>updated_at</c> to the present.</summary>
    public void Touch() => Change(static _ => { });

    /// <summary>Sets members of a feature's state.</summary>
    /// <returns>True if there is such a feature.</returns>
    public bool Patch(string feature, JsonObject members)
    {
        var isThere = false;
        Change(document =>
        {
            foreach (var state in document["feature_states"]!.AsArray().Where(state => (string?)state!["feature"]!["name"] == feature))
            {
                isThere = true;
                foreach (var (name, value) in members)
                {
                    state![name] = value?.DeepClone();
                }
            }
        });
        return isThere;
    }

    /// <summary>Sets the value of the first feature.</summary>
    public void SetFirstValue(int value) => Change(document => document["feature_states"]![0]!["feature_state_value"] = value);

    /// <summary>A page of the document: everything, but only that page's share of the identity overrides.</summary>
    /// <param name="document">The document.</param>
    /// <param name="number">The page, from 0.</param>
    /// <param name="count">The number of pages.</param>
    public static byte[] PageOf(StandInDocument document, int number, int count)
    {
        var json = JsonNode.Parse(document.Content)!;
        var overrides = json["identity_overrides"] as JsonArray ?? [];
        var size = Math.Max(1, (overrides.Count + count - 1) / count);
        json["identity_overrides"] = new JsonArray([.. overrides.Skip(number * size).Take(size).Select(static item => item?.DeepClone())]);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>Sends server-sent events to a client until it is gone: a comment at once and every half second, an event at each change.</summary>
    public async Task StreamAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var changes = Channel.CreateUnbounded<string>();
        _streams[changes] = true;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await response.WriteAsync(
                    changes.Reader.TryRead(out var time) ? $"event: environment_updated\ndata: {{\"updated_at\": {time}}}\n\n" : ": ping\n\n",
                    cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var change = changes.Reader.WaitToReadAsync(pause.Token).AsTask();
                await Task.WhenAny(change, Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System, pause.Token));
                await pause.CancelAsync();
            }
        }
        finally
        {
            _streams.TryRemove(changes, out _);
        }
    }

    private void Change(Action<JsonNode> change)
    {
        lock (_changing)
        {
            var json = JsonNode.Parse(_document.Content)!;
            change(json);
            json["updated_at"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            _document = StandInDocument.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));
        }

        foreach (var stream in _streams.Keys)
        {
            stream.Writer.TryWrite(_document.UpdatedAtSeconds!);
        }
    }
}
