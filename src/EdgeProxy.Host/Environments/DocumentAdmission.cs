using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// The checks of a document before it is served: it is compared with the current one, read, compiled,
/// checked against limits, and tested with a few identities. Takes long: not for threads that serve requests.
/// </summary>
internal sealed partial class DocumentAdmission
{
    private readonly DocumentOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentAdmission> _logger;

    public DocumentAdmission(DocumentOptions options, TimeProvider time, ILogger<DocumentAdmission> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Checks and compiles a document.</summary>
    /// <param name="document">JSON in UTF-8.</param>
    /// <param name="current">The current version; null if there is none.</param>
    /// <exception cref="EnvironmentDocumentException">The document is rejected; the message says why.</exception>
    public Admission Admit(byte[] document, PublishedEnvironment? current)
    {
        var digest = current is null ? null : DocumentDigest.Of(document);
        if (digest is not null && TryAdmitAsSame(document, digest.Value, current!) is { } same)
        {
            return same;
        }

        var (snapshot, problems) = Guard(
            (document, _options.FlagDetails), static input => EnvironmentCompiler.Compile(input.document, input.FlagDetails));
        if (current is not null && _options.MaxFeaturesLostPercent is { } most)
        {
            CheckLoss(current.Snapshot.CountFeaturesMissingIn(snapshot), current.Snapshot.FeatureCount, most);
        }

        Guard(snapshot, static snapshot =>
        {
            snapshot.SelfTest();
            return true;
        });
        var published = new PublishedEnvironment(document, snapshot, _time.GetUtcNow(), digest);
        if (current is not null)
        {
            published.PrepareLike(current);
        }

        return new Admission(published, PublishOutcome.Published, problems);
    }

    /// <summary>Accepts a document that is equivalent to the current one without compiling it; null if it is not.</summary>
    private Admission? TryAdmitAsSame(byte[] document, DocumentDigest digest, PublishedEnvironment current)
    {
        if (digest.Content != current.Document.Digest?.Content)
        {
            return null;
        }

        if (digest.UpdatedAt == current.Document.UpdatedAt)
        {
            return new Admission(current, PublishOutcome.Unchanged, []);
        }

        var published = current.With(new PublishedDocument(document, digest.UpdatedAt, _time.GetUtcNow(), digest));
        published.PrepareLike(current);
        return new Admission(published, PublishOutcome.Equivalent, []);
    }

    private static void CheckLoss(int lost, int served, int maxPercent)
    {
        if (lost * 100L > served * (long)maxPercent)
        {
            throw new EnvironmentDocumentException(
                $"It lacks {lost} of the {served} features that are served, more than limits.max_features_lost_percent ({maxPercent}) allows.");
        }
    }

    /// <summary>Any failure rejects the document; unexpected ones are logged in full.</summary>
    private TResult Guard<T, TResult>(T subject, Func<T, TResult> step)
    {
        try
        {
            return step(subject);
        }
        catch (Exception exception) when (exception is not EnvironmentDocumentException)
        {
            Log.Unexpected(_logger, exception);
            throw new EnvironmentDocumentException($"It cannot be served, for a reason that was not expected ({exception.GetType().Name}).", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AdmissionFailed, LogLevel.Error, "A valid document could not be compiled because of a defect in the proxy; the document is rejected. Please report this with the exception")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
