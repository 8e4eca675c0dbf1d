using EdgeProxy.Engine.Explanation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Explanations;

/// <summary>
/// Explains evaluations of published environments. Snapshots keep no model, so it is read again from the document; that of
/// the latest one is kept until the garbage collector needs the memory, for a person who asks several times.
/// </summary>
internal sealed class Explainer
{
    private Latest? _latest;

    /// <summary>Explains, and returns the answer as JSON; null if there is no such feature.</summary>
    /// <exception cref="InsufficientExecutionStackException">Flags depend on each other in chains too long to be explained.</exception>
    public ReadOnlyMemory<byte>? Explain(ExplanationRequest request)
    {
        // The answer is that of the snapshot that serves, whatever is found here.
        var evaluated = request.Environment.Snapshot.Evaluate(request.Identity).Flags;
        var explanation = ExplainerOf(request.Environment.Document, out var model).Explain(request.Identity, request.Feature, request.IsComplete, evaluated);
        if (request.Feature is not null && explanation.Flags.Count == 0)
        {
            return null;
        }

        using var writer = new ExplanationWriter(request, model);
        return writer.Write(explanation);
    }

    private EnvironmentExplainer ExplainerOf(PublishedDocument document, out EnvironmentModel model)
    {
        if (_latest is not { } latest || latest.Document.TryGetTarget(out var known) != true || known != document || !latest.Explainer.TryGetTarget(out var explainer))
        {
            explainer = EnvironmentExplainer.Create(document.Body.Plain);
            _latest = new Latest(new WeakReference<PublishedDocument>(document), new WeakReference<EnvironmentExplainer>(explainer));
        }

        model = explainer.Model;
        return explainer;
    }

    private sealed record Latest(WeakReference<PublishedDocument> Document, WeakReference<EnvironmentExplainer> Explainer);
}
