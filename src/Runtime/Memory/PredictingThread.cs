using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>What a thread that predicts keeps for itself: memory for its blocks, and which model's parameters it reads.</summary>
internal sealed class PredictingThread
{
    [ThreadStatic]
    private static PredictingThread? t_current;

    private Arena? _scratch;
    private int _model;

    private PredictingThread()
    {
    }

    /// <summary>That of the calling thread.</summary>
    public static PredictingThread Current => t_current ?? Register();

    /// <summary>Whether any thread reads a model's parameters.</summary>
    public static bool IsAnyAt(int model)
    {
        lock (Registry.All)
        {
            foreach (WeakReference<PredictingThread> reference in Registry.All)
            {
                if (reference.TryGetTarget(out PredictingThread? thread) && Volatile.Read(ref thread._model) == model)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Notes which model's parameters are read from now on.</summary>
    public void Begin(int model) => Volatile.Write(ref _model, model);

    /// <summary>Notes that they no longer are.</summary>
    public void End() => Volatile.Write(ref _model, 0);

    /// <summary>Memory of at least so many floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Arena Scratch(int floats) => _scratch is { } scratch && scratch.Length >= floats ? scratch : Grow(floats);

    private Arena Grow(int floats) => _scratch = new Arena(floats);

    private static PredictingThread Register()
    {
        var thread = new PredictingThread();
        lock (Registry.All)
        {
            Registry.All.RemoveAll(static reference => !reference.TryGetTarget(out _));
            Registry.All.Add(new WeakReference<PredictingThread>(thread));
        }

        return t_current = thread;
    }

    // In a class of its own: one with a static constructor has it looked for at each access to what belongs to the thread.
    private static class Registry
    {
        public static readonly List<WeakReference<PredictingThread>> All = [];
    }
}
