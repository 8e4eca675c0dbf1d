namespace EdgeProxy.Host.Environments;

/// <summary>Measures what a new version of an environment changes for the identities that asked lately, before it is served.</summary>
internal interface IVersionGate
{
    /// <summary>The share of the sample, in percent, above which a version is held; null to hold none.</summary>
    int? HoldAbovePercent { get; }

    /// <summary>The time after which a held version is released; null if only an operator releases it.</summary>
    TimeSpan? HoldTime { get; }

    /// <summary>Creates the sample of an environment; null if there is to be none.</summary>
    IdentitySample? CreateSample();

    /// <summary>Measures the effect of a version. Takes long: not for threads that serve requests.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="current">The version that is served.</param>
    /// <param name="next">The version that is to replace it.</param>
    /// <returns>Null if there is no sample.</returns>
    AnswerImpact? Measure(EnvironmentState environment, PublishedEnvironment current, PublishedEnvironment next);
}
