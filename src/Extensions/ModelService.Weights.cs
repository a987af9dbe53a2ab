using System.Diagnostics;

namespace Unroll.Extensions;

/// <content>What replaces the weights.</content>
public sealed partial class ModelService<TModel>
{
    // Versions come one after another; predictions do not wait for it.
    private readonly Lock _replacing = new();
    private readonly Func<TModel> _create;
    private WeightsFile? _seen;
    private volatile string? _fault;

    /// <summary>Why the newest weights were refused; null where the newest serve.</summary>
    public string? Fault => _fault;

    /// <summary>Serves other weights from now on, such as those of a training in this program.</summary>
    /// <param name="snapshot">Of a network with as many inputs and outputs.</param>
    /// <param name="source">Who publishes it, as <see cref="ModelVersion.Source"/> tells.</param>
    /// <exception cref="ArgumentException">It takes or gives other numbers of values.</exception>
    public void Publish(ModelSnapshot snapshot, string source = "published")
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentException.ThrowIfNullOrEmpty(source);
        lock (_replacing)
        {
            ModelSnapshot current = Current;
            if (snapshot.InputSize != current.InputSize || snapshot.OutputSize != current.OutputSize)
            {
                throw new ArgumentException(
                    $"{_name} takes {current.InputSize} values and gives {current.OutputSize}, but {snapshot.Network} takes "
                    + $"{snapshot.InputSize} and gives {snapshot.OutputSize}.",
                    nameof(snapshot));
            }

            Replace(snapshot, source, written: null);
        }
    }

    /// <summary>Reads the weights file if it has changed, and serves what it holds; a bad one is logged and the old weights stay.</summary>
    /// <returns>Whether the weights were replaced.</returns>
    public bool Reload()
    {
        if (_options.Weights is not { } path)
        {
            return false;
        }

        lock (_replacing)
        {
            WeightsFile? file = WeightsFile.Of(path);
            if (file == _seen)
            {
                return false;
            }

            if (file is null)
            {
                _seen = null;
                _fault = $"{path} is gone.";
                Messages.IsGone(_logger, _name, path, Version.Number);
                return false;
            }

            return TryReplace(path, file.Value);
        }
    }

    private Served Load()
    {
        if (_options.Weights is not { } path)
        {
            return new Served(_create().Snapshot(), new ModelVersion(1, "as created", null, DateTimeOffset.UtcNow));
        }

        _seen = WeightsFile.Of(path);
        return new Served(Read(path), new ModelVersion(1, path, _seen?.Written, DateTimeOffset.UtcNow));
    }

    private bool TryReplace(string path, WeightsFile file)
    {
        using Activity? activity = Telemetry.Activities.StartActivity("unroll.reload");
        activity?.SetTag(Telemetry.ModelTag, _name);
        try
        {
            ModelSnapshot snapshot = Read(path);
            if (WeightsFile.Of(path) != file)
            {
                // It was written while it was read: the next look finds it whole.
                return false;
            }

            _seen = file;
            Replace(snapshot, path, file.Written);
            activity?.SetTag(Telemetry.VersionTag, Version.Number);
            _metrics.AddReload(isReplaced: true);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Refuse(path, file, exception);
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            return false;
        }
    }

    private void Refuse(string path, WeightsFile file, Exception exception)
    {
        // A file that cannot be read may be readable later without having changed; what is wrong with it is logged once.
        _seen = exception is IOException or UnauthorizedAccessException ? _seen : file;
        if (_fault == exception.Message && _seen != file)
        {
            return;
        }

        _fault = exception.Message;
        _metrics.AddReload(isReplaced: false);
        Messages.Refuses(_logger, exception, _name, path, Version.Number);
    }

    private ModelSnapshot Read(string path)
    {
        TModel model = _create();
        model.LoadWeights(path, WeightsMatching.Exact, convert: true);
        ModelSnapshot snapshot = model.Snapshot();
        float[] outputs = snapshot.Predict(new float[snapshot.InputSize]);
        int fault = Array.FindIndex(outputs, static value => !float.IsFinite(value));
        if (fault >= 0)
        {
            throw new InvalidDataException($"{path}: with these weights output {fault} of a sample of zeros is {outputs[fault]}.");
        }

        _options.Check?.Invoke(snapshot);
        return snapshot;
    }

    private void Replace(ModelSnapshot snapshot, string source, DateTime? written)
    {
        var version = new ModelVersion(Version.Number + 1, source, written, DateTimeOffset.UtcNow);
        _served = new Served(snapshot, version);
        _fault = null;
        Messages.Serves(_logger, _name, version.Number, source);
    }

    /// <summary>Both at once, so that nobody sees one of the old and one of the new.</summary>
    private sealed record Served(ModelSnapshot Snapshot, ModelVersion Version);
}
