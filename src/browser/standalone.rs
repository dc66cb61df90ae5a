//! What the standard library would bring: the shipped module has none (it costs 2 KB, most of it
//! for the texts of panics that nobody would read).

use core::panic::PanicInfo;

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

#[global_allocator]
#[allow(unsafe_code, reason = "the module has one thread, which is what the allocator asks for")]
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

/// Traps: the shim catches it and goes on without an engine.
#[panic_handler]
fn on_panic(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
