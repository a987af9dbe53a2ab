using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VerifyTests;

/// <summary>A verification to be awaited; until then its settings can be changed.</summary>
public sealed class SettingsTask
{
    private readonly VerifySettings _settings;
    private readonly Func<VerifySettings, Task> _verify;
    private Task? _task;

    internal SettingsTask(VerifySettings? settings, Func<VerifySettings, Task> verify)
    {
        _settings = settings ?? new VerifySettings();
        _verify = verify;
    }

    /// <summary>Lets a test return its verification.</summary>
    public static implicit operator Task(SettingsTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.ToTask();
    }

    /// <inheritdoc cref="VerifySettings.UseDirectory"/>
    public SettingsTask UseDirectory(string directory)
    {
        _settings.UseDirectory(directory);
        return this;
    }

    /// <inheritdoc cref="VerifySettings.IgnoreGeneratedResult"/>
    public SettingsTask IgnoreGeneratedResult(Func<GeneratedSourceResult, bool> shouldIgnore)
    {
        _settings.IgnoreGeneratedResult(shouldIgnore);
        return this;
    }

    /// <inheritdoc cref="VerifySettings.ScrubLinesWithReplace"/>
    public SettingsTask ScrubLinesWithReplace(Func<string, string?> replaceLine)
    {
        _settings.ScrubLinesWithReplace(replaceLine);
        return this;
    }

    /// <summary>Verifies, once however often it is asked for.</summary>
    public Task ToTask() => _task ??= _verify(_settings);

    /// <summary>Verifies.</summary>
    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();
}
