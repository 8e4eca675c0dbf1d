using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// Publishes documents from any source to requests: unchanged ones stop here; others are checked and compiled in the
/// background, and put in place with one write. A rejected document changes nothing.
/// </summary>
internal sealed partial class EnvironmentPublisher
{
    // A document with errors everywhere would fill the log; the first problems show their kind.
    private const int MaxProblemsLogged = 20;

    // Takes some milliseconds; a larger document would delay requests.
    private const int MaxUrgentBytes = 512 * 1024;

    private readonly ICompilationQueue _compilations;
    private readonly DocumentAdmission _admission;
    private readonly IVersionGate? _gate;
    private readonly TimeProvider _time;
    private readonly ILogger<EnvironmentPublisher> _logger;

    /// <param name="compilations">Runs what takes long.</param>
    /// <param name="admission">Checks and compiles documents.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="gate">Measures the effect of new versions; null to publish all that are admitted.</param>
    public EnvironmentPublisher(
        ICompilationQueue compilations, DocumentAdmission admission, TimeProvider time, ILogger<EnvironmentPublisher> logger, IVersionGate? gate = null)
    {
        _compilations = compilations;
        _admission = admission;
        _gate = gate;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Raised after an environment with other content, or its first document, was published: requests get the new content
    /// already. Handlers must be quick and must not throw.
    /// </summary>
    public event EventHandler<ContentPublishedEventArgs>? ContentPublished;

    /// <summary>Raised after a version was held, instead of <see cref="ContentPublished"/>. Handlers must be quick and must not throw.</summary>
    public event EventHandler<VersionHeldEventArgs>? VersionHeld;

    /// <summary>Publishes a document of the upstream.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="document">JSON in UTF-8; kept, and sent to server-side SDKs as it is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="EnvironmentDocumentException">The document is rejected; the current version stays.</exception>
    public Task<PublishOutcome> PublishAsync(EnvironmentState environment, byte[] document, CancellationToken cancellationToken) =>
        PublishAsync(environment, document, DocumentOrigin.Upstream, isUrgent: false, cancellationToken);

    /// <summary>Publishes a document.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="document">JSON in UTF-8; kept, and sent to server-side SDKs as it is.</param>
    /// <param name="origin">The origin of the document. One that was served before, here or by another member of a fleet, is not held.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="EnvironmentDocumentException">The document is rejected; the current version stays.</exception>
    public Task<PublishOutcome> PublishAsync(EnvironmentState environment, byte[] document, DocumentOrigin origin, CancellationToken cancellationToken) =>
        PublishAsync(environment, document, origin, isUrgent: false, cancellationToken);

    /// <summary>Publishes a document.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="document">JSON in UTF-8; kept, and sent to server-side SDKs as it is.</param>
    /// <param name="origin">The origin of the document. One that was served before, here or by another member of a fleet, is not held.</param>
    /// <param name="isUrgent">True if its change was announced, or another member of a fleet serves it: it is compiled ahead of others, unless it is large.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="EnvironmentDocumentException">The document is rejected; the current version stays.</exception>
    public async Task<PublishOutcome> PublishAsync(
        EnvironmentState environment, byte[] document, DocumentOrigin origin, bool isUrgent, CancellationToken cancellationToken)
    {
        var current = environment.Current;
        if (current is not null && current.Document.Body.Plain.Span.SequenceEqual(document))
        {
            EndHold(environment, current);
            return PublishOutcome.Unchanged;
        }

        var isJudged = HoldsVersions && origin is DocumentOrigin.Upstream or DocumentOrigin.File;
        if (isJudged && environment.Hold.IsHeld(document))
        {
            return PublishOutcome.Held; // it was compiled and measured when it came first
        }

        var (admission, elapsed, impact) = isUrgent && document.Length <= MaxUrgentBytes
            ? await _compilations.RunUrgentlyAsync(Compile, cancellationToken)
            : await _compilations.RunAsync(Compile, cancellationToken);
        if (admission.Outcome == PublishOutcome.Unchanged)
        {
            EndHold(environment, admission.Environment);
            Log.Equivalent(_logger, EnvironmentLabel.Of(environment));
            return admission.Outcome;
        }

        if (isJudged && current is not null && admission.Outcome == PublishOutcome.Published && TryHold(environment, current, admission.Environment.Document, impact))
        {
            return PublishOutcome.Held;
        }

        if (current is null)
        {
            environment.Sample = _gate?.CreateSample();
        }

        admission.Environment.Document.ServeFrom(_time.GetUtcNow());
        environment.Publish(admission.Environment);
        if (current is not null)
        {
            environment.Rollbacks.Replaced(current.Document.Version, _time);
        }

        if (admission.Outcome == PublishOutcome.Published)
        {
            environment.Metrics.Compiled(elapsed);
            environment.LatestChange = current is null ? null : new ContentChange(_time.GetUtcNow(), _time.GetTimestamp());
            ContentPublished?.Invoke(this, new ContentPublishedEventArgs(environment, current, admission.Environment, origin, elapsed, impact));
        }

        LogChange(environment, current, admission, elapsed);
        EndHold(environment, admission.Environment);
        return admission.Outcome;

        (Admission Admission, TimeSpan Elapsed, AnswerImpact? Impact) Compile()
        {
            var started = _time.GetTimestamp();
            var admitted = _admission.Admit(document, current, EnvironmentLabel.Of(environment));
            var took = _time.GetElapsedTime(started);
            var measured = current is null || admitted.Outcome != PublishOutcome.Published ? null : _gate?.Measure(environment, current, admitted.Environment);
            return (admitted, took, measured);
        }
    }

    private void LogChange(EnvironmentState environment, PublishedEnvironment? before, Admission admission, TimeSpan elapsed)
    {
        var label = EnvironmentLabel.Of(environment);
        var (published, snapshot) = (admission.Environment, admission.Environment.Snapshot);
        if (published.Document.UpdatedAt < before?.Document.UpdatedAt)
        {
            Log.Older(_logger, label, published.Document.UpdatedAt, before?.Document.UpdatedAt);
        }

        if (admission.Outcome == PublishOutcome.Equivalent)
        {
            Log.Equivalent(_logger, label);
            return;
        }

        Log.Published(
            _logger, label, Quantity.Of(snapshot.FeatureCount, "feature"), Quantity.Of(snapshot.SegmentCount, "segment"),
            Quantity.Of(snapshot.IdentityOverrideCount, "identity with overrides", "identities with overrides"),
            published.Document.Body.Plain.Length, new LogDuration(elapsed));
        if (!string.Equals(snapshot.Key, environment.ClientSideKey, StringComparison.Ordinal))
        {
            Log.KeyDiffers(_logger, label, KeyMask.Mask(snapshot.Key));
        }

        LogProblems(label, admission.Problems);
    }

    private void LogProblems(EnvironmentLabel label, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems.Take(MaxProblemsLogged))
        {
            Log.InvalidPart(_logger, label, problem.Path, problem.Message);
        }

        if (problems.Count > MaxProblemsLogged)
        {
            Log.MoreProblems(_logger, label, Quantity.Of(problems.Count - MaxProblemsLogged, "further problem"));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.EnvironmentPublished, LogLevel.Information,
            "Environment {Environment}: {Features}, {Segments}, {Overrides}; {Bytes} bytes, checked and compiled in {Duration}")]
        public static partial void Published(ILogger logger, EnvironmentLabel environment, string features, string segments, string overrides, int bytes, LogDuration duration);

        [LoggerMessage(EventIds.EnvironmentEquivalent, LogLevel.Debug, "Environment {Environment}: the new document is equivalent to the current one; not recompiled")]
        public static partial void Equivalent(ILogger logger, EnvironmentLabel environment);

        [LoggerMessage(EventIds.EnvironmentOlderDocument, LogLevel.Warning,
            "Environment {Environment}: now serving a document of {UpdatedAt:o}, older than the previous one of {Before:o}; the upstream or the file was rolled back")]
        public static partial void Older(ILogger logger, EnvironmentLabel environment, DateTimeOffset? updatedAt, DateTimeOffset? before);

        [LoggerMessage(EventIds.EnvironmentKeyDiffers, LogLevel.Warning,
            "Environment {Environment}: its server-side key fetches the document of another environment, {DocumentKey}, which is served under this one; check that the keys of two environments are not swapped")]
        public static partial void KeyDiffers(ILogger logger, EnvironmentLabel environment, string documentKey);

        [LoggerMessage(EventIds.EnvironmentProblem, LogLevel.Warning, "Environment {Environment}: {Path} {Problem}; this part of its document has no effect. Correct it in Flagsmith")]
        public static partial void InvalidPart(ILogger logger, EnvironmentLabel environment, string path, string problem);

        [LoggerMessage(EventIds.EnvironmentMoreProblems, LogLevel.Warning, "Environment {Environment}: {Problems} not listed")]
        public static partial void MoreProblems(ILogger logger, EnvironmentLabel environment, string problems);
    }
}
