using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Unroll;
using Unroll.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Networks among the services of a program.</summary>
public static class UnrollServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ModelService{TModel}"/>: one network for all requests, whose weights are replaced when their file changes.</summary>
    /// <remarks>
    /// The host loads the weights before it starts, and does not start with bad ones. Log messages have the category
    /// <c>Unroll.Extensions</c>.
    /// </remarks>
    /// <typeparam name="TModel">The network's class; its constructor is the container's to call.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says how to serve; several calls follow one another.</param>
    /// <returns>The same services.</returns>
    /// <example><code>
    /// services.AddUnroll&lt;DigitClassifier&gt;(options => options.Weights = "digits.safetensors");
    /// services.AddHealthChecks().AddUnroll&lt;DigitClassifier&gt;();
    /// </code></example>
    public static IServiceCollection AddUnroll<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TModel>(
        this IServiceCollection services, Action<UnrollOptions> configure)
        where TModel : Model =>
        services.AddUnroll(static provider => ActivatorUtilities.CreateInstance<TModel>(provider), configure);

    /// <summary>The same for a network that is made in another way.</summary>
    /// <typeparam name="TModel">The network's class.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="create">Makes a new network; called for each version of the weights, which are loaded into it.</param>
    /// <param name="configure">Says how to serve.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddUnroll<TModel>(
        this IServiceCollection services, Func<IServiceProvider, TModel> create, Action<UnrollOptions> configure)
        where TModel : Model
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddMetrics();
        services.AddOptions<UnrollOptions>(ModelService<TModel>.OptionsName).Configure(configure);
        services.TryAddSingleton(provider => new ModelService<TModel>(
            () => create(provider),
            provider.GetRequiredService<IOptionsMonitor<UnrollOptions>>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetService<ILoggerFactory>()?.CreateLogger(Telemetry.Name) ?? NullLogger.Instance));
        services.AddHostedService<WeightsWatcher<TModel>>();
        return services;
    }

    /// <summary>Adds a check of <see cref="ModelService{TModel}"/>: degraded where the newest weights were refused, or its inputs drift.</summary>
    /// <typeparam name="TModel">The network's class.</typeparam>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name; by default that of the network's class.</param>
    /// <param name="tags">What to choose checks by.</param>
    /// <returns>The same health checks.</returns>
    public static IHealthChecksBuilder AddUnroll<TModel>(this IHealthChecksBuilder builder, string? name = null, IEnumerable<string>? tags = null)
        where TModel : Model
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? typeof(TModel).Name,
            static provider => new ModelHealthCheck<TModel>(provider.GetRequiredService<ModelService<TModel>>()),
            failureStatus: null,
            tags));
    }
}
